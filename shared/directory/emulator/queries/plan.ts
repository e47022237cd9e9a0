import { compareKeys } from '../../../contract/odata/keys.ts';
import type { Position } from '../../../contract/odata/skiptoken.ts';
import type { StoreQuery } from '../deviceStore.ts';
import { demandOn, type Demand } from './demands.ts';
import { matchText } from './matchText.ts';
import { orderOf } from './order.ts';
import { boundSql, indexColumn, join, searchSql, toSql, type Sql } from './toSql.ts';

/**
 * How the rows of a query are found: along one index, in the order of the answer, so that a page deep in a list costs as much as
 * the first one.
 */
export interface Plan {
  from: string;
  /** SQL of the key that the list is ordered by. */
  key: string;
  order: string;
  /** What is true of the rows that are wanted, among those that the index gives. */
  condition: Sql;
  /** Whether the index gives wanted rows only. */
  isExact: boolean;
  /** The parts of the index that come after a position, one after the other. */
  parts(after: Position | undefined): readonly Sql[];
}

/** @throws nothing: every query has a plan, in the worst case along all devices */
export function planOf(query: Omit<StoreQuery, 'top' | 'after'>): Plan {
  const { filter, search } = query;
  const order = orderOf(query);
  const searched = search ? [searchSql(search)] : [];
  if (!order) return inPlace(query, searched);
  const column = indexColumn(order.field);
  const demand = demandOn(order.field.path, filter);
  const rest = demand?.rest ?? (filter ? [filter] : []);
  const conditions = [...rest.map((expression) => toSql(expression)), ...searched];
  const direction = order.descending ? ' DESC' : '';
  return {
    from: `deviceIndex AS i INDEXED BY deviceIndexBy_${order.field.path}`,
    key: column,
    order: `${column}${direction}, i.position${direction}`,
    condition: join(conditions),
    isExact: conditions.length === 0,
    parts: (after) => partsOf(column, demand, order.descending, after),
  };
}

/** In the order of creation: through the full-text index where there is a search, else along all devices. */
function inPlace({ filter, search }: Omit<StoreQuery, 'top' | 'after'>, searched: readonly Sql[]): Plan {
  const match = search && matchText(search);
  const conditions = [...(filter ? [toSql(filter)] : []), ...(match?.isExact ? [] : searched)];
  const place = match ? 'deviceWords.rowid' : 'i.position';
  return {
    from: match
      ? 'deviceWords CROSS JOIN deviceIndex AS i ON i.position = deviceWords.rowid'
      : 'deviceIndex AS i NOT INDEXED',
    key: 'NULL',
    order: place,
    condition: join(conditions),
    isExact: conditions.length === 0,
    parts: (after) => [
      join([
        ...(match ? [{ sql: 'deviceWords MATCH ?', params: [match.text] }] : []),
        { sql: `${place} > ?`, params: [after?.position ?? 0] },
      ]),
    ],
  };
}

/** Each part is one search in the index: equal values follow by place, values by value, and no value is before all others. */
function partsOf(
  column: string,
  { keys, from, to }: Partial<Demand> = {},
  descending: boolean,
  after: Position | undefined,
): readonly Sql[] {
  const sign = descending ? -1 : 1;
  const equal = (key: Position['key']): Sql => ({ sql: `${column} IS ?`, params: [key] });
  const ties = (last: Position): Sql =>
    join([equal(last.key), { sql: `i.position ${descending ? '<' : '>'} ?`, params: [last.position] }]);
  if (keys) {
    const left = after ? keys.filter((key) => compareKeys(key, after.key) * sign >= 0) : keys;
    const inOrder = descending ? left.toReversed() : left;
    return inOrder.map((key) => (after?.key === key ? ties(after) : equal(key)));
  }
  const isBounded = from !== undefined || to !== undefined;
  if (!after && !isBounded) return [join([])];
  const low = !after || descending ? from : (after.key !== null && { key: after.key, inclusive: false }) || from;
  const high = after && descending ? { key: after.key, inclusive: false } : to;
  const bounds = [...(low ? [boundSql(column, '>', low)] : []), ...(high ? [boundSql(column, '<', high)] : [])];
  const values = bounds.length > 0 ? join(bounds) : { sql: `${column} IS NOT NULL`, params: [] };
  const nulls = { sql: `${column} IS NULL`, params: [] };
  if (!after) return [values];
  if (!descending) return [ties(after), values];
  if (after.key === null) return [ties(after)];
  return isBounded ? [ties(after), values] : [ties(after), values, nulls];
}
