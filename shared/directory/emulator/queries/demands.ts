import { compareKeys } from '../../../contract/odata/keys.ts';
import type { Expression, Field, Key } from '../../../contract/odata/syntax.ts';

/** An end of a range. */
export interface Bound {
  key: Key;
  inclusive: boolean;
}

/** What a filter demands of one property of every object it lets through. */
export interface Demand {
  field: Field;
  /** The only values it may have, in their order. */
  keys?: readonly Key[];
  /** Otherwise the range in which its value lies. */
  from?: Bound;
  to?: Bound;
  /** What the filter demands besides. */
  rest: readonly Expression[];
}

/** What a filter demands of the property at a path; undefined when it lets any value through. */
export function demandOn(path: string, filter: Expression | undefined): Demand | undefined {
  const conjuncts = filter?.kind === 'and' ? filter.operands : filter ? [filter] : [];
  const choices = conjuncts.map(valuesIn);
  const at = choices.findIndex((choice) => choice?.field.path === path);
  if (choices[at]) return { ...choices[at], rest: conjuncts.toSpliced(at, 1) };
  const ranges = conjuncts.filter((one) => rangeIn(one)?.field.path === path);
  const [first, ...others] = ranges.map(rangeIn).filter((range) => range !== undefined);
  const range = others.reduce(intersect, first);
  return range && { ...range, rest: conjuncts.filter((one) => !ranges.includes(one)) };
}

type Values = Required<Pick<Demand, 'field' | 'keys'>>;
type Range = Omit<Demand, 'keys' | 'rest'>;

/** The values among which an expression lets a property choose. */
function valuesIn(expression: Expression): Values | undefined {
  switch (expression.kind) {
    case 'compare':
      return expression.operator === 'eq' ? { field: expression.field, keys: [expression.key] } : undefined;
    case 'in':
      return { field: expression.field, keys: expression.keys.toSorted(compareKeys) };
    case 'or': {
      const all = expression.operands.map(valuesIn);
      const [first] = all;
      if (!first || all.some((one) => one?.field.path !== first.field.path)) return undefined;
      const keys = new Set(all.flatMap((one) => one?.keys ?? []));
      return { field: first.field, keys: [...keys].toSorted(compareKeys) };
    }
    default:
      return undefined;
  }
}

function rangeIn(expression: Expression): Range | undefined {
  if (expression.kind === 'startsWith') {
    const { field, key } = expression;
    const end = afterPrefix(key);
    return { field, from: { key, inclusive: true }, ...(end !== undefined && { to: { key: end, inclusive: false } }) };
  }
  if (expression.kind !== 'compare' || expression.key === null) return undefined;
  const { field, key, operator } = expression;
  if (operator === 'gt' || operator === 'ge') return { field, from: { key, inclusive: operator === 'ge' } };
  return operator === 'lt' || operator === 'le' ? { field, to: { key, inclusive: operator === 'le' } } : undefined;
}

/** The first text after all that begin with a prefix; undefined where there is none. */
export function afterPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  while (points.at(-1) === 0x10ffff) points.pop();
  const last = points.pop();
  if (last === undefined) return undefined;
  return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1); // There are no characters in between.
}

function intersect(one: Range | undefined, other: Range): Range {
  const from = tighter(one?.from, other.from, 1);
  const to = tighter(one?.to, other.to, -1);
  return { field: other.field, ...(from && { from }), ...(to && { to }) };
}

/** @param sign 1 for the lower end, -1 for the upper one */
function tighter(one: Bound | undefined, other: Bound | undefined, sign: 1 | -1): Bound | undefined {
  if (!one || !other) return one ?? other;
  const difference = compareKeys(one.key, other.key) * sign;
  if (difference === 0) return one.inclusive ? other : one;
  return difference > 0 ? one : other;
}
