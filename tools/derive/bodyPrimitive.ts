import { primitiveSchema, toValues } from './primitiveSchema.ts';
import type { Property } from './property.ts';
import type { Schema } from './schema.ts';
import type { TypeNames } from './typeNames.ts';

/** Bounds for what the pages leave open, so that every body is bounded: characters, characters, items. */
export const defaults = { maxLength: 1024, maxBinaryLength: 65_536, maxItems: 1000 };

const uuid = '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$';
const base64 = '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$';

/** A value of a primitive type or enumeration as a body may hold it: bounded, and in the one form that is taken. */
export function bodyPrimitive(typeName: string, { facts, type }: Property, names: TypeNames): Schema {
  const schema = primitiveSchema(typeName, facts);
  const values = facts.possibleValues ?? names.enumerations.get(typeName.toLowerCase())?.values;
  const { format, maxLength, type: json } = schema;
  if (values) return { ...schema, enum: toValues(schema, values) };
  if (format === 'uuid') return { ...schema, pattern: uuid };
  if (format === 'base64') {
    const pattern = orLiterally(base64, facts.alsoAccepted ?? []);
    return { ...schema, minLength: 1, maxLength: maxLength ?? defaults.maxBinaryLength, pattern };
  }
  if (json !== 'string' || format !== undefined) return schema;
  // What a date or a GUID says already, plain text has to be told: that it is not empty.
  const minLength = facts.required && !type?.collection ? { minLength: 1 } : {};
  return { ...schema, ...minLength, maxLength: maxLength ?? defaults.maxLength };
}

/** The pattern, or exactly one of the literals. */
const orLiterally = (pattern: string, literals: readonly string[]): string =>
  [pattern, ...literals.map((literal) => `^${literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}$`)].join('|');
