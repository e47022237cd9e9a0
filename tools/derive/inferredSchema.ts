import { defaults } from './bodyPrimitive.ts';
import { isObject } from './json.ts';
import { head } from './schema.ts';
import type { Schema } from './schema.ts';

/** The schema of a body of which only an example is known: the shown properties, none required, and no others. */
export function inferredSchema(name: string, typeName: string | undefined, example: Record<string, unknown>): Schema {
  const { properties, ...object } = inferred(example);
  const ownType: Record<string, Schema> =
    typeName === undefined ? {} : { '@odata.type': { type: 'string', enum: [`#${typeName}`] } };
  return {
    ...head(name),
    ...(typeName === undefined ? {} : { 'x-type': typeName }),
    ...object,
    properties: { ...ownType, ...properties, ...ownType },
    minProperties: 1,
  };
}

function inferred(value: unknown): Schema {
  if (Array.isArray(value)) {
    const objects = value.filter(isObject);
    const item: unknown = objects.length > 0 ? Object.assign({}, ...objects) : value[0];
    return { type: 'array', maxItems: defaults.maxItems, items: inferred(item) };
  }
  if (isObject(value)) {
    const properties = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, inferred(inner)]));
    return { type: 'object', additionalProperties: false, properties };
  }
  if (typeof value === 'string') return { type: 'string', maxLength: defaults.maxLength };
  if (typeof value === 'number') return { type: Number.isInteger(value) ? 'integer' : 'number' };
  return typeof value === 'boolean' ? { type: 'boolean' } : {};
}
