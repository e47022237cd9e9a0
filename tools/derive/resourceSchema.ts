import { primitiveSchema, toValues } from './primitiveSchema.ts';
import type { Resource, TypedProperty } from './resourcePage.ts';
import { described, head, orNull } from './schema.ts';
import type { Schema } from './schema.ts';
import type { TypeNames } from './typeNames.ts';

/** The schema of a resource in an answer: no property has to be there, since a caller may select. */
export function resourceSchema(resource: Resource, names: TypeNames): Schema {
  const { baseType, description, name, open, properties, relationships, typeName } = resource;
  return {
    ...head(name),
    ...(description === '' ? {} : { description }),
    'x-type': typeName,
    ...(baseType === undefined ? {} : { 'x-base-type': baseType }),
    ...(relationships.length === 0 ? {} : { 'x-relationships': relationships }),
    type: 'object',
    ...(open ? { additionalProperties: true } : {}),
    properties: Object.fromEntries(
      properties.map((property) => [property.name, propertySchema(property, resource, names)]),
    ),
  };
}

function propertySchema(property: TypedProperty, resource: Resource, names: TypeNames): Schema {
  const { facts, name, type } = property;
  const value = valueSchema(property, names);
  const schema: Schema = type.collection
    ? { type: 'array', ...(facts.maxItems === undefined ? {} : { maxItems: facts.maxItems }), items: value }
    : value;
  return {
    ...described(property.description, facts.neverNull || name === resource.key ? schema : orNull(schema)),
    ...(facts.readOnly ? { readOnly: true } : {}),
    ...(facts.onlyOnSelect ? { 'x-returned-on-select': true } : {}),
    ...(facts.filter ? { 'x-filter': facts.filter } : {}),
    ...(facts.orderby ? { 'x-orderby': true } : {}),
    ...(facts.search ? { 'x-search': true } : {}),
  };
}

/** One value, or one item of a collection. */
function valueSchema({ facts, type }: TypedProperty, names: TypeNames): Schema {
  const resource = names.resources.get(type.name.toLowerCase());
  if (resource !== undefined) return { $ref: `${resource}.json` };
  const schema = primitiveSchema(type.name, facts);
  const values = facts.possibleValues ?? names.enumerations.get(type.name.toLowerCase())?.values;
  return values ? { ...schema, 'x-possible-values': toValues(schema, values) } : schema;
}
