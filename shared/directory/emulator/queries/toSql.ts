import type { Expression, Field, Key, SearchExpression } from '../../../contract/odata/syntax.ts';
import { afterPrefix } from './demands.ts';

/** A piece of SQL made of our own words only; what callers sent is in `params`, one for each `?`. */
export interface Sql {
  sql: string;
  params: readonly (Key | Uint8Array)[];
}

/** The SQL for a field's key: of a column, or of a member of a JSON text. */
export type ColumnOf = (field: Field) => string;

/** The columns of `deviceIndex` that hold a key each; the keys of all other fields are in the JSON text `others`. */
export const columns: readonly string[] = [
  'id',
  'deviceId',
  'displayName',
  'operatingSystem',
  'operatingSystemVersion',
  'trustType',
  'approximateLastSignInDateTime',
  'createdDateTime',
  'deletedDateTime',
  'accountEnabled',
  'isManaged',
  'isCompliant',
];

/** A member of a JSON text; names come from the resource pages, never from a caller. */
const member = (text: string, name: string): string => `${text}, '$."${name}"'`;

export const indexColumn: ColumnOf = ({ path }) =>
  columns.includes(path) ? `i.${path}` : `json_extract(${member('i.others', path)})`;
const itemColumn: ColumnOf = ({ path }) => (path === '' ? 'item.value' : `json_extract(${member('item.value', path)})`);

const operators = { gt: '>', ge: '>=', lt: '<', le: '<=' } as const;

/** A filter on a row of `deviceIndex AS i`; it gives 1 or 0, never NULL. */
export function toSql(expression: Expression, column: ColumnOf = indexColumn): Sql {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return join(
        expression.operands.map((operand) => toSql(operand, column)),
        expression.kind,
      );
    case 'not': {
      const { sql, params } = toSql(expression.operand, column);
      return { sql: `NOT ${sql}`, params };
    }
    case 'compare': {
      const { field, key, operator } = expression;
      if (operator === 'eq') return { sql: `(${column(field)} IS ?)`, params: [key] };
      if (operator === 'ne') return { sql: `(${column(field)} IS NOT ?)`, params: [key] };
      return { sql: `ifnull(${column(field)} ${operators[operator]} ?, 0)`, params: [key] };
    }
    case 'in': {
      const { field, keys } = expression;
      return { sql: `ifnull(${column(field)} IN (${keys.map(() => '?').join(', ')}), 0)`, params: keys };
    }
    case 'any': {
      const { sql, params } = toSql(expression.condition, itemColumn);
      return {
        sql: `EXISTS (SELECT 1 FROM json_each(${member('i.others', expression.collection)}) AS item WHERE ${sql})`,
        params,
      };
    }
    case 'empty':
      return { sql: `(ifnull(json_array_length(${member('i.others', expression.collection)}), 0) = 0)`, params: [] };
    case 'startsWith': {
      const end = afterPrefix(expression.key);
      const name = column(expression.field);
      if (end === undefined) return { sql: `ifnull(${name} >= ?, 0)`, params: [expression.key] };
      return { sql: `ifnull(${name} >= ? AND ${name} < ?, 0)`, params: [expression.key, end] };
    }
    case 'contains':
      return { sql: `ifnull(instr(${column(expression.field)}, ?) > 0, 0)`, params: [expression.key] };
    case 'endsWith': {
      // By bytes, since `length` ends at a NUL character.
      const bytes = Buffer.from(expression.key);
      const name = `CAST(${column(expression.field)} AS BLOB)`;
      if (bytes.length === 0) return { sql: `(${name} IS NOT NULL)`, params: [] };
      return { sql: `ifnull(substr(${name}, ?) = ?, 0)`, params: [-bytes.length, bytes] };
    }
  }
}

/** A search on a row of `deviceIndex AS i`, word by word. */
export function searchSql(search: SearchExpression): Sql {
  switch (search.kind) {
    case 'and':
    case 'or':
      return join(search.operands.map(searchSql), search.kind);
    case 'not': {
      const { sql, params } = searchSql(search.operand);
      return { sql: `NOT ${sql}`, params };
    }
    case 'words':
      return join(
        search.words.map((word) => ({ sql: '(instr(i.words, ?) > 0)', params: [` ${word}`] })),
        'and',
      );
  }
}

/** All or one of some conditions; without any it is true. */
export function join(conditions: readonly Sql[], kind: 'and' | 'or' = 'and'): Sql {
  if (conditions.length === 0) return { sql: '1', params: [] };
  const sql = conditions.map((condition) => condition.sql).join(kind === 'and' ? ' AND ' : ' OR ');
  return { sql: `(${sql})`, params: conditions.flatMap(({ params }) => params) };
}
