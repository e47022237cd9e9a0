import { compareKeys } from '../../../contract/odata/keys.ts';
import type { Position } from '../../../contract/odata/skiptoken.ts';
import type { Order } from '../../../contract/odata/syntax.ts';
import type { StoreQuery } from '../deviceStore.ts';
import { demandOn, type Demand } from './demands.ts';

/**
 * The properties for which a store has an index, the most telling ones first. Everything that `$orderby` takes is among them.
 */
export const indexed = [
  'displayName',
  'operatingSystemVersion',
  'trustType',
  'approximateLastSignInDateTime',
  'createdDateTime',
  'deletedDateTime',
  'operatingSystem',
  'isManaged',
  'isCompliant',
  'accountEnabled',
] as const;

/**
 * The order of a list: as `$orderby` says; without it by the property whose index serves the filter best, and otherwise by place.
 * Objects with equal values follow by place, in the same direction.
 */
export function orderOf({ filter, search, orderby }: Omit<StoreQuery, 'top'>): Order | undefined {
  if (orderby[0]) return orderby[0];
  if (search) return undefined;
  const demands = indexed.map((path) => demandOn(path, filter)).filter((demand) => demand !== undefined);
  const weight = ({ keys }: Demand): number => (keys?.length === 1 ? 0 : keys ? 1 : 2);
  const [best] = demands.toSorted((a, b) => weight(a) - weight(b));
  return best && { field: best.field, descending: false };
}

/** Compares places in a list that is ordered so. */
export const comparePositions =
  (order: Order | undefined) =>
  (one: Position, other: Position): number =>
    (compareKeys(one.key, other.key) || one.position - other.position) * (order?.descending ? -1 : 1);
