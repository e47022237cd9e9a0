import { keyOf } from '../../../contract/odata/keys.ts';
import type { Position } from '../../../contract/odata/skiptoken.ts';
import type { ListedObject, StorePage, StoredObject, StoreQuery } from '../deviceStore.ts';
import { evaluate, isFound } from './evaluate.ts';
import { comparePositions, orderOf } from './order.ts';
import { isTurnOver, turn } from './turns.ts';

/** Objects are replaced and never changed, so that their text is read once. */
const parsed = new WeakMap<StoredObject, object>();

function valuesOf(object: StoredObject): object {
  const known = parsed.get(object);
  if (known) return known;
  const values = { ...(JSON.parse(object.json) as object), id: object.id };
  parsed.set(object, values);
  return values;
}

type Wanted = Pick<StoreQuery, 'filter' | 'search'>;

/** Those of the objects that a filter and a search ask for, one by one, while others have their turns. */
async function* matching<T extends StoredObject>(objects: readonly T[], { filter, search }: Wanted): AsyncGenerator<T> {
  for (const object of objects) {
    if (isTurnOver()) await turn();
    if (filter && !evaluate(filter, valuesOf(object))) continue;
    if (search && !isFound(search, valuesOf(object))) continue;
    yield object;
  }
}

/** How many of the objects a filter and a search ask for. */
export async function countObjects(objects: readonly StoredObject[], wanted: Wanted): Promise<number> {
  if (!wanted.filter && !wanted.search) return objects.length;
  let count = 0;
  for await (const _ of matching(objects, wanted)) count += 1;
  return count;
}

/**
 * A page of a list that is at hand as a whole.
 * @param objects each at its place; places need not be dense, and stay right when others are removed
 */
export async function queryObjects(objects: readonly ListedObject[], query: StoreQuery): Promise<StorePage> {
  const order = orderOf(query);
  const compare = comparePositions(order);
  const { after, top } = query;
  let rows: (Position & { object: ListedObject })[] = [];
  const cut = (): void => {
    rows = rows.sort(compare).slice(0, top + 1);
  };
  for await (const object of matching(objects, query)) {
    const row = { object, ...placeOf(object, order) };
    if (after && compare(row, after) <= 0) continue;
    rows.push(row);
    if (rows.length > 2 * top) cut(); // Never more than two pages are sorted in one piece.
  }
  cut();
  const page = rows.slice(0, top);
  const last = page.at(-1);
  return {
    objects: page.map(({ object }) => object),
    ...(last && rows.length > top && { next: { key: last.key, position: last.position } }),
  };
}

const placeOf = (object: ListedObject, order: ReturnType<typeof orderOf>): Position => ({
  key: order ? keyOf(order.field, valuesOf(object)) : null,
  position: object.position,
});
