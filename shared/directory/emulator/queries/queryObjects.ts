import { keyOf } from '../../../contract/odata/keys.ts';
import type { Position } from '../../../contract/odata/skiptoken.ts';
import type { ListedObject, StorePage, StoredObject, StoreQuery } from '../deviceStore.ts';
import { evaluate, isFound } from './evaluate.ts';
import { comparePositions, orderOf } from './order.ts';

/** Objects are replaced and never changed, so that their text is read once. */
const parsed = new WeakMap<StoredObject, object>();

function valuesOf(object: StoredObject): object {
  const known = parsed.get(object);
  if (known) return known;
  const values = { ...(JSON.parse(object.json) as object), id: object.id };
  parsed.set(object, values);
  return values;
}

/** Those of the objects that a filter and a search ask for. */
export const matching = <T extends StoredObject>(
  objects: readonly T[],
  { filter, search }: Pick<StoreQuery, 'filter' | 'search'>,
): T[] =>
  objects.filter(
    (object) => (!filter || evaluate(filter, valuesOf(object))) && (!search || isFound(search, valuesOf(object))),
  );

/**
 * A page of a list that is at hand as a whole.
 * @param objects each at its place; places need not be dense, and stay right when others are removed
 */
export function queryObjects(objects: readonly ListedObject[], query: StoreQuery): StorePage {
  const order = orderOf(query);
  const compare = comparePositions(order);
  const { after, top } = query;
  const rows = matching(objects, query)
    .map((object) => ({ object, ...placeOf(object, order) }))
    .filter((row) => !after || compare(row, after) > 0)
    .sort(compare);
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
