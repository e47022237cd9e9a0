import { compareKeys } from '../../../contract/odata/keys.ts';
import type { Position } from '../../../contract/odata/skiptoken.ts';
import type { Expression, Key } from '../../../contract/odata/syntax.ts';
import type { StoreQuery } from '../deviceStore.ts';
import { demandOn, type Bound, type Demand } from './demands.ts';
import { matchText } from './matchText.ts';
import { orderOf } from './order.ts';
import { indexColumn, join, searchSql, toSql, type Sql } from './toSql.ts';

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
  /** Whether a row can cost a thousand times what another one does: devices have up to 100 items of some collections. */
  isUneven: boolean;
  /** The parts of the index that come after a position, one after the other. */
  parts(after: Position | undefined): readonly Sql[];
}

/** Every query has a plan, in the worst case along all devices. */
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
    isUneven: filter !== undefined && looksIntoItems(filter),
    parts: (after) => partsOf(column, demand, order.descending, after),
  };
}

function looksIntoItems(expression: Expression): boolean {
  if (expression.kind === 'not') return looksIntoItems(expression.operand);
  if (expression.kind === 'and' || expression.kind === 'or') return expression.operands.some(looksIntoItems);
  return expression.kind === 'any';
}

/** Reads a part of the rows, at most as many as its last parameter says: `position`, `key`, and whether it is `wanted` (1 or 0). */
export const statementOf = ({ from, key, order, condition }: Plan, part: Sql): Sql => ({
  sql: `SELECT i.position AS position, ${key} AS key, ${condition.sql} AS wanted FROM ${from} WHERE ${part.sql} ORDER BY ${order} LIMIT ?`,
  params: [...condition.params, ...part.params],
});

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
    isUneven: filter !== undefined && looksIntoItems(filter),
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
  const equal = (key: Key): Sql => ({ sql: `${column} IS ?`, params: [key] });
  const ties = (last: Position): Sql =>
    join([equal(last.key), { sql: `i.position ${descending ? '<' : '>'} ?`, params: [last.position] }]);
  if (keys) {
    const inOrder = descending ? keys.toReversed() : keys;
    if (!after) return inOrder.map(equal);
    const sign = descending ? -1 : 1;
    const left = inOrder.filter((key) => compareKeys(key, after.key) * sign >= 0);
    return left.map((key) => (key === after.key ? ties(after) : equal(key)));
  }
  const isWhole = !from && !to;
  if (!after) return [isWhole ? join([]) : rangeSql(column, from, to)];
  const rest = { key: after.key, inclusive: false };
  if (!descending) return [ties(after), after.key === null ? notNull(column) : rangeSql(column, rest, to)];
  if (after.key === null) return [ties(after)];
  return [ties(after), rangeSql(column, from, rest), ...(isWhole ? [equal(null)] : [])];
}

const notNull = (column: string): Sql => ({ sql: `${column} IS NOT NULL`, params: [] });

const rangeSql = (column: string, from: Bound | undefined, to: Bound | undefined): Sql =>
  join([...(from ? [boundSql(column, '>', from)] : []), ...(to ? [boundSql(column, '<', to)] : [])]);

const boundSql = (column: string, sign: '>' | '<', { key, inclusive }: Bound): Sql => ({
  sql: `${column} ${sign}${inclusive ? '=' : ''} ?`,
  params: [key],
});
