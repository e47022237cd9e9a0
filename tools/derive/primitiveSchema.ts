import type { Facts } from './facts.ts';
import type { Schema } from './schema.ts';

/** How OData's primitive types are written in JSON. */
const primitives: Record<string, Schema> = {
  String: { type: 'string' },
  Boolean: { type: 'boolean' },
  Guid: { type: 'string', format: 'uuid' },
  Binary: { type: 'string', format: 'base64' },
  Int16: { type: 'integer', minimum: -32768, maximum: 32767 },
  Int32: { type: 'integer', minimum: -2147483648, maximum: 2147483647 },
  Int64: { type: 'integer' },
  Single: { type: 'number' },
  Double: { type: 'number' },
  Decimal: { type: 'number' },
  DateTimeOffset: { type: 'string', format: 'date-time' },
  Date: { type: 'string', format: 'date' },
  TimeOfDay: { type: 'string', format: 'time' },
  Duration: { type: 'string', format: 'duration' },
};

/** A value of a primitive type or enumeration, with what its description says of its form. */
export function primitiveSchema(typeName: string, facts: Facts): Schema {
  const schema: Schema = { ...(primitives[typeName] ?? primitives.String) };
  if (typeName === 'String' && facts.guid) schema.format = 'uuid';
  if (schema.type === 'string' && facts.maxLength !== undefined) schema.maxLength = facts.maxLength;
  if (facts.alsoAccepted) schema['x-also-accepted'] = facts.alsoAccepted;
  return schema;
}

/** Possible values as JSON writes them: pages show numbers and booleans as text. */
export function toValues({ type }: Schema, values: readonly string[]): unknown[] {
  const distinct = [...new Set(values)];
  if (type === 'boolean') return distinct.map((value) => value === 'true');
  return type === 'string' ? distinct : distinct.map(Number).filter((value) => !Number.isNaN(value));
}
