import type { ListedObject } from '../../shared/directory/emulator/deviceStore.ts';
import { countObjects, queryObjects } from '../../shared/directory/emulator/queries/queryObjects.ts';
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

const query = async (options: Options, type: EntityType = 'directoryObject'): Promise<readonly ListedObject[]> =>
  (await queryObjects(all, read(options, type))).objects;

test('any list of objects is queried, whatever is in it', async () => {
  expect(await query({})).toEqual(all);
  expect(await query({ $filter: "endsWith(mail,'@CONTOSO.example')" })).toEqual([adele]);
  expect(await query({ $filter: "operatingSystem eq 'linux' or displayName eq 'grady'" })).toEqual([grady, linuxBox]);
  expect(await query({ $filter: 'displayName eq null' })).toEqual([nameless]);
  expect(await query({ $search: '"displayName:box"' })).toEqual([linuxBox]);
  expect(await query({ $search: '"mail:fabrikam"' }, 'user')).toEqual([grady]);
  expect(await query({ $filter: `id in ('${nameless.id}','${adele.id}')` })).toEqual([adele, nameless]);
  expect(await query({ $orderby: 'displayName desc' })).toEqual([linuxBox, grady, adele, nameless]);
});

test('a page ends where it is full, and the next one begins after its last object, even if that one is gone', async () => {
  const first = await queryObjects(all, read({ $top: '2' }));
  expect(first).toEqual({ objects: [adele, grady], next: { key: null, position: 8 } });
  const rest = { ...read({ $top: '2' }), ...(first.next && { after: first.next }) };
  expect(await queryObjects([adele, linuxBox, nameless], rest)).toEqual({ objects: [linuxBox, nameless] });
});

test('a list that is full to the last object has no next page', async () => {
  expect(await queryObjects(all, read({ $top: '4' }))).not.toHaveProperty('next');
  expect(await queryObjects([], read({}))).toEqual({ objects: [] });
});

test('a list of any length is read and counted in slices, and of many lists one goes on in each turn', async () => {
  const many = Array.from({ length: 2000 }, (_, at) =>
    listed(at + 1, 'microsoft.graph.device', {
      displayName: `device ${2000 - at}`,
      physicalIds: Array.from({ length: 100 }, (_, id) => `[ID]:${at}-${id}`),
    }),
  );
  const wanted = read({
    $filter: "physicalIds/any(p:startsWith(p,'[ID]:1999-9'))",
    $orderby: 'displayName',
    $top: '1',
  });
  let turns = 0;
  let isRead = false;
  const beat = (): void => {
    turns += 1;
    if (!isRead) setImmediate(beat);
  };
  setImmediate(beat);
  const lists = Array.from({ length: 5 }, () => queryObjects(many, wanted));
  expect(await countObjects(many, wanted)).toBe(1);
  for (const list of lists) expect((await list).objects).toEqual([many[1999]]);
  isRead = true;
  expect(turns).toBeGreaterThan(10);
});

test('a page is the right one, however many objects come before it', async () => {
  const many = Array.from({ length: 100 }, (_, at) =>
    listed(at + 1, 'microsoft.graph.device', { displayName: `device ${String((at * 37) % 100).padStart(2, '0')}` }),
  );
  const names = async (options: Options): Promise<string[]> =>
    (await queryObjects(many, read(options))).objects.map(({ json }) => json.slice(-4, -2));
  expect(await names({ $orderby: 'displayName', $top: '3' })).toEqual(['00', '01', '02']);
  expect(await names({ $orderby: 'displayName desc', $top: '2' })).toEqual(['99', '98']);
});
