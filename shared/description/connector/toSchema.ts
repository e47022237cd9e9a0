import { isJson, type Json } from '../openApiSchema.ts';
import { schemaOf } from '../schemaOf.ts';
import { labelOf } from '../words.ts';
import type { Audience } from './audience.ts';

/** Keywords that Swagger 2.0 has, too. */
const kept = ['enum', 'maxLength', 'minLength', 'maxItems', 'minItems', 'minimum', 'maximum', 'pattern', 'readOnly'];
const formats = ['int32', 'int64', 'float', 'double', 'date', 'date-time', 'uuid'];

/**
 * A JSON Schema as a connector takes it: Swagger 2.0 without alternatives, every property with label, sentence and visibility.
 * @throws Error when a type refers to itself: makers could never fill it in
 */
export function toSchema(schema: Json, audience: Audience, within: readonly string[] = []): Json {
  const target = referredTo(schema);
  if (target !== undefined) {
    if (within.includes(target)) throw new Error(`${target} refers to itself: a connector cannot show it.`);
    const { description = '', ...rest } = toSchema(schemaOf(target), audience, [...within, target]);
    return { description: schema.description ?? description, ...rest };
  }
  const types = [schema.type ?? 'object'].flat() as string[];
  const type = types.find((each) => each !== 'null') ?? 'object';
  const { format } = schema;
  return {
    type,
    ...(types.includes('null') && { 'x-nullable': true }),
    ...(typeof schema.description === 'string' && { description: schema.description }),
    ...(formats.includes(String(format)) && { format }),
    ...(Object.fromEntries(
      kept.filter((keyword) => keyword in schema).map((key) => [key, valueOf(schema[key])]),
    ) as Json),
    ...(Array.isArray(schema.required) && { required: schema.required }),
    ...(isJson(schema.items) && { items: toSchema(schema.items, audience, within) }),
    ...(isJson(schema.properties) && { properties: toProperties(schema, audience, within) }),
  };
}

/** Of an enumeration, null is no choice of a maker's. */
const valueOf = (value: unknown): unknown => (Array.isArray(value) ? value.filter((each) => each !== null) : value);

/** The schema's name that `$ref` has, alone or beside null. */
function referredTo({ $ref, anyOf }: Json): string | undefined {
  const [first] = Array.isArray(anyOf) ? (anyOf as Json[]) : [];
  const file = $ref ?? first?.$ref;
  return typeof file === 'string' ? file.replace('.json', '') : undefined;
}

function toProperties(schema: Json, audience: Audience, within: readonly string[]): Json {
  const required = (schema.required ?? []) as readonly string[];
  const entries = Object.entries(schema.properties as Record<string, Json>)
    .filter(([, property]) => !('not' in property))
    .map(([name, property]) => [name, toProperty(name, property, required.includes(name), audience, within)]);
  return Object.fromEntries(entries) as Json;
}

function toProperty(name: string, property: Json, isRequired: boolean, audience: Audience, within: readonly string[]) {
  const own = audience.reword(name, isRequired) ?? {};
  const { description, ...rest } = toSchema({ ...property, ...own.schema }, audience, within);
  const label = own.label ?? labelOf(name);
  return {
    description: description ?? `The ${label.toLowerCase()}.`,
    ...rest,
    'x-ms-summary': label,
    'x-ms-visibility': audience.visibilityOf(name, isRequired),
  };
}
