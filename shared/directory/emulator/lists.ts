import { parseQuery, type Query } from '../../contract/odata/query.ts';
import type { EntityType } from '../../contract/odata/model.ts';
import { readSkiptoken, writeSkiptoken } from '../../contract/odata/skiptoken.ts';
import { selectSuffix } from '../../contract/odata/query.ts';
import type { QueryText } from '../../contract/queryText.ts';
import type { Entity, List, Page } from '../port.ts';
import type { DeviceStore, ListedObject, StorePage, StoreQuery } from './deviceStore.ts';
import { toEntity } from './entities.ts';
import { countObjects, queryObjects } from './queries/queryObjects.ts';
import { selected, type Follow } from './selection.ts';

/** Finds the objects of a list that is not that of all devices. */
export type Related = (list: Exclude<List, { relation: 'devices' }>) => Promise<readonly ListedObject[]>;

/** What is read of a list. */
export interface ListReader {
  store: DeviceStore;
  related: Related;
  follow: Follow;
}

/** A part of a list, as a query asks for it. */
export async function readList({ store, related, follow }: ListReader, list: List, text: QueryText): Promise<Page> {
  const query = parseQuery(text, entityType(list));
  const after = readSkiptoken({ ...query, list });
  const wanted: StoreQuery = { ...storeQuery(query), ...(after && { after }) };
  const isCounted = query.count && after === undefined;
  let page: StorePage;
  let count: number | undefined;
  if (list.relation === 'devices') {
    page = await store.listDevices(wanted);
    if (isCounted) count = await store.countDevices(query.filter, query.search);
  } else {
    const objects = await related(list);
    page = await queryObjects(objects, wanted);
    if (isCounted) count = await countObjects(objects, query);
  }
  const value = await Promise.all(page.objects.map((object) => selected(toEntity(object), query, follow)));
  return {
    value,
    selection: selectSuffix(query),
    ...(count !== undefined && { count }),
    ...(page.next && { next: nextQuery(text.text, writeSkiptoken({ ...query, list }, page.next)) }),
  };
}

/** How many objects of a list a query asks for. */
export async function countList({ store, related }: ListReader, list: List, text: QueryText): Promise<number> {
  const { filter, search } = parseQuery(text, entityType(list), 'count');
  if (list.relation === 'devices') return store.countDevices(filter, search);
  return countObjects(await related(list), { ...(filter && { filter }), ...(search && { search }) });
}

/** One object, as a query asks for it. */
export const readEntity = (entity: Entity, text: QueryText, type: EntityType, follow: Follow): Promise<Entity> =>
  selected(entity, parseQuery(text, type, 'entity'), follow);

function entityType(list: List): EntityType {
  if (list.relation === 'devices') return 'device';
  const name = list.type?.replace('microsoft.graph.', '');
  return name === 'device' || name === 'user' ? name : 'directoryObject';
}

const storeQuery = ({ filter, search, orderby, top }: Query): StoreQuery => ({
  orderby,
  top,
  ...(filter && { filter }),
  ...(search && { search }),
});

/** The caller's own options, and where the next part begins. */
function nextQuery(text: string, skiptoken: string): string {
  const others = text.split('&').filter((part) => part !== '' && !/^(?:\$|%24)skiptoken(?:=|$)/i.test(part));
  return [...others, `$skiptoken=${skiptoken}`].join('&');
}
