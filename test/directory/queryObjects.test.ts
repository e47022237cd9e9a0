import type { ListedObject } from '../../shared/directory/emulator/deviceStore.ts';
import { queryObjects } from '../../shared/directory/emulator/queries/queryObjects.ts';
import type { EntityType } from '../../shared/contract/odata/model.ts';
import { read, type Options } from '../odata/read.ts';

const listed = (position: number, type: ListedObject['type'], values: object): ListedObject => ({
  id: `0b2c4d6e-00aa-7000-8000-${String(position).padStart(12, '0')}`,
  type,
  json: JSON.stringify(values),
  position,
});

const adele = listed(3, 'microsoft.graph.user', { displayName: 'Adele', mail: 'adele@contoso.example' });
const grady = listed(8, 'microsoft.graph.user', { displayName: 'Grady', mail: 'grady@fabrikam.example' });
const linuxBox = listed(9, 'microsoft.graph.device', { displayName: 'linuxBox', operatingSystem: 'linux' });
const nameless = listed(20, 'microsoft.graph.directoryObject', { deletedDateTime: null });
const all = [adele, grady, linuxBox, nameless];

const query = (options: Options, type: EntityType = 'directoryObject'): readonly ListedObject[] =>
  queryObjects(all, read(options, type)).objects;

test('any list of objects is queried, whatever is in it', () => {
  expect(query({})).toEqual(all);
  expect(query({ $filter: "endsWith(mail,'@CONTOSO.example')" })).toEqual([adele]);
  expect(query({ $filter: "operatingSystem eq 'linux' or displayName eq 'grady'" })).toEqual([grady, linuxBox]);
  expect(query({ $filter: 'displayName eq null' })).toEqual([nameless]);
  expect(query({ $search: '"displayName:box"' })).toEqual([linuxBox]);
  expect(query({ $search: '"mail:fabrikam"' }, 'user')).toEqual([grady]);
  expect(query({ $filter: `id in ('${nameless.id}','${adele.id}')` })).toEqual([adele, nameless]);
  expect(query({ $orderby: 'displayName desc' })).toEqual([linuxBox, grady, adele, nameless]);
});

test('a page ends where it is full, and the next one begins after its last object, even if that one is gone', () => {
  const first = queryObjects(all, read({ $top: '2' }));
  expect(first).toEqual({ objects: [adele, grady], next: { key: null, position: 8 } });
  const rest = { ...read({ $top: '2' }), ...(first.next && { after: first.next }) };
  expect(queryObjects([adele, linuxBox, nameless], rest)).toEqual({ objects: [linuxBox, nameless] });
});

test('a list that is full to the last object has no next page', () => {
  expect(queryObjects(all, read({ $top: '4' }))).not.toHaveProperty('next');
  expect(queryObjects([], read({}))).toEqual({ objects: [] });
});
