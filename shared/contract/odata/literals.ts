import { binaryKey, fold, instantKey } from './keys.ts';
import type { Token } from './lexer.ts';
import { senseless, type Place } from './queryErrors.ts';
import type { Comparison, Field, Key } from './syntax.ts';

const edmTypes = {
  string: 'Edm.String',
  boolean: 'Edm.Boolean',
  number: 'Edm.Int32',
  instant: 'Edm.DateTimeOffset',
  binary: 'Edm.Binary',
  guid: 'Edm.Guid',
} as const;
type LiteralType = keyof typeof edmTypes;

const operatorKinds: Record<Comparison, string> = {
  eq: 'Equal',
  ne: 'NotEqual',
  gt: 'GreaterThan',
  ge: 'GreaterThanOrEqual',
  lt: 'LessThan',
  le: 'LessThanOrEqual',
};

/** A value as it stands in a filter. */
export interface Literal {
  type: LiteralType | 'null';
  /** Text without quotes. */
  text: string;
}

/** @returns undefined when the token is no value */
export function literalOf({ kind, text }: Token): Literal | undefined {
  switch (kind) {
    case 'string':
      return { type: 'string', text: text.slice(1, -1).replaceAll("''", "'") };
    case 'binary':
      return { type: 'binary', text: text.slice("binary'".length, -1) };
    case 'guid':
    case 'instant':
    case 'number':
      return { type: kind, text };
    case 'word': {
      const word = text.toLowerCase();
      if (word === 'null') return { type: 'null', text };
      return word === 'true' || word === 'false' ? { type: 'boolean', text: word } : undefined;
    }
    default:
      return undefined;
  }
}

/**
 * A literal as it is compared with the values of a field.
 * @throws GraphError when the two are of different types
 */
export function literalKey(literal: Literal, field: Field, operator: Comparison, place: Place): Key {
  const { type, text } = literal;
  if (type === 'null') return null;
  if (field.type === 'string' && (type === 'string' || type === 'guid')) return fold(text);
  if (field.type === 'binary' && (type === 'binary' || type === 'string')) return binaryKey(text);
  if (field.type === 'boolean' && type === 'boolean') return Number(text === 'true');
  if (field.type === 'number' && type === 'number') return Number(text);
  if (field.type === 'instant' && type === 'instant') {
    const key = instantKey(text.toUpperCase());
    if (key !== undefined) return key;
    const message = `Unrecognized 'Edm.DateTimeOffset' literal '${text}' at '${place.position - 1}' in '${place.text.slice(0, 200).toWellFormed()}'.`;
    throw senseless(place, message, 'There is no such day or time.');
  }
  throw senseless(
    place,
    `A binary operator with incompatible types was detected. Found operand types '${edmTypes[field.type]}' and '${edmTypes[type]}' for operator kind '${operatorKinds[operator]}'.`,
    `A value such as ${examples[field.type]} is expected.`,
  );
}

const examples: Record<Field['type'], string> = {
  string: "'text' in single quotes",
  boolean: 'true or false, without quotes,',
  number: '2, without quotes,',
  instant: '2026-01-15T09:30:00Z, without quotes,',
  binary: "binary'Y3YxN2E1MWFlYw'",
};
