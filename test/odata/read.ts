import { GraphError } from '../../shared/contract/errors.ts';
import type { EntityType } from '../../shared/contract/odata/model.ts';
import type { Shape } from '../../shared/contract/odata/options.ts';
import { parseQuery, type Query } from '../../shared/contract/odata/query.ts';
import type { Expression, SearchExpression } from '../../shared/contract/odata/syntax.ts';

/** Query options by name, as a caller writes them before they are encoded. */
export type Options = Record<string, string>;

const encode = (options: Options): string =>
  Object.entries(options)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');

/** Reads options of a list of devices, asking for an advanced query. */
export const read = (options: Options, type: EntityType = 'device', shape: Shape = 'list'): Query =>
  parseQuery({ text: encode({ $count: 'true', ...options }), eventual: true }, type, shape);

/** Reads options without asking for an advanced query. */
export const readPlainly = (options: Options, type: EntityType = 'device', shape: Shape = 'list'): Query =>
  parseQuery({ text: encode(options), eventual: false }, type, shape);

/** What a refused query is told: code, message, and the only detail. */
export interface Refusal {
  code: string;
  status: number;
  message: string;
  option: string | undefined;
  hint: string;
}

/** @throws Error when the query is not refused */
export function refusalOf(reading: () => Query): Refusal {
  try {
    reading();
  } catch (thrown) {
    if (!(thrown instanceof GraphError)) throw thrown;
    const { code, status, message, details } = thrown;
    expect(details).toHaveLength(1);
    return { code, status, message, option: details[0]?.target, hint: details[0]?.message ?? '' };
  }
  throw new Error('The query was not refused.');
}

/** An expression with every parenthesis that it means, and its keys as JSON. */
export function shown(expression: Expression | undefined): string {
  if (!expression) return '';
  switch (expression.kind) {
    case 'and':
    case 'or':
      return `(${expression.operands.map(shown).join(` ${expression.kind} `)})`;
    case 'not':
      return `not ${shown(expression.operand)}`;
    case 'compare':
      return `${expression.field.path} ${expression.operator} ${JSON.stringify(expression.key)}`;
    case 'in':
      return `${expression.field.path} in ${JSON.stringify(expression.keys)}`;
    case 'any':
      return `${expression.collection} any ${shown(expression.condition)}`;
    case 'empty':
      return `${expression.collection} empty`;
    default:
      return `${expression.kind}(${expression.field.path},${JSON.stringify(expression.key)})`;
  }
}

export function shownSearch(search: SearchExpression | undefined): string {
  if (!search) return '';
  switch (search.kind) {
    case 'not':
      return `not ${shownSearch(search.operand)}`;
    case 'words':
      return `${search.property}:${search.words.join('+')}`;
    default:
      return `(${search.operands.map(shownSearch).join(` ${search.kind} `)})`;
  }
}
