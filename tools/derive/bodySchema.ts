import { bodyPrimitive, defaults } from './bodyPrimitive.ts';
import { extensionNames } from './extensionNames.ts';
import { omit } from './json.ts';
import type { Property } from './property.ts';
import type { Resource, TypedProperty } from './resourcePage.ts';
import { described, head, orNull } from './schema.ts';
import type { Schema } from './schema.ts';
import type { TypeNames } from './typeNames.ts';

/** What a request body is made of. */
export interface BodySource {
  /** Name of the schema: `deviceCreate`. */
  name: string;
  /** `microsoft.graph.device`, where the page says whose body it is. */
  typeName?: string;
  /** The resource's own page, where there is one. */
  resource?: Resource;
  /** The writable properties that the operation page lists; without them it is the resource that says. */
  rows?: Property[];
  /** Whether the request makes something new, so that what a resource requires must be sent. */
  creates: boolean;
}
/** What the pages know of types. */
export interface Types {
  names: TypeNames;
  /** By name. */
  resources: Map<string, Resource>;
}

const refused: Schema = { readOnly: true, not: {} };

/** The schema of a request body: what may be written by its type, what may not by its name, and nothing else. */
export function bodySchema(source: BodySource, types: Types): Schema {
  const { name, resource, typeName } = source;
  return {
    ...head(name),
    ...(typeName === undefined ? {} : { 'x-type': typeName }),
    ...closedObject(writableOf(source), resource, typeName, types, []),
    minProperties: 1,
    ...(resource?.open ? extensionNames : {}),
  };
}

function writableOf({ creates, resource, rows }: BodySource): Property[] {
  const known = resource?.properties ?? [];
  if (rows) {
    const byName = new Map(known.map((property) => [property.name, property]));
    return rows.map((row) => merge(row, byName.get(row.name)));
  }
  const writable = known.filter(({ facts }) => !facts.readOnly);
  return creates ? writable : writable.map((property) => ({ ...property, facts: omit(property.facts, 'required') }));
}

/** The row decides; what it does not say is taken over from the resource. */
function merge(row: Property, base: TypedProperty | undefined): Property {
  const inherited = omit(base?.facts ?? {}, 'required', 'readOnly');
  return {
    ...row,
    type: row.type ?? base?.type,
    description: row.description === '' ? (base?.description ?? '') : row.description,
    facts: { ...inherited, ...row.facts },
  };
}

/** @param path the resources that this one is a part of */
function closedObject(
  writable: readonly Property[],
  resource: Resource | undefined,
  typeName: string | undefined,
  types: Types,
  path: readonly Resource[],
): Schema {
  const within = resource ? [...path, resource] : path;
  const written = new Set(writable.map(({ name }) => name));
  const others = (resource?.properties ?? []).filter(({ name }) => !written.has(name));
  const required = writable.filter(({ facts }) => facts.required).map(({ name }) => name);
  const own: [string, Schema][] =
    typeName === undefined ? [] : [['@odata.type', { type: 'string', enum: [`#${typeName}`] }]];
  return {
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
    // The later of two properties of one name wins, in the place of the first.
    properties: Object.fromEntries([
      ...own,
      ...writable.map((property) => [property.name, propertySchema(property, types, within)] as const),
      ...others.map(({ name }) => [name, refused] as const),
    ]),
  };
}

function propertySchema(property: Property, types: Types, path: readonly Resource[]): Schema {
  const { description, facts, name } = property;
  const type = property.type ?? { name: 'String', collection: false };
  const value = valueSchema(property, type.name, types, path);
  const maxItems = facts.maxItems ?? defaults.maxItems;
  const minItems = facts.required ? { minItems: 1 } : {};
  const schema: Schema = type.collection ? { type: 'array', ...minItems, maxItems, items: value } : value;
  const neverNull = facts.required ?? facts.neverNull ?? name.includes('@');
  return described(description, neverNull ? schema : orNull(schema));
}

/** One value, or one item of a collection. A resource is written out in full, so that a body has one schema. */
function valueSchema(property: Property, typeName: string, types: Types, path: readonly Resource[]): Schema {
  const resource = types.resources.get(typeName);
  if (!resource) return bodyPrimitive(typeName, property, types.names);
  if (path.includes(resource)) {
    resource.page.report.error(property.line, `${property.name} makes ${typeName} a part of itself; no body can be so`);
    return {};
  }
  const writable = resource.properties.filter(({ facts }) => !facts.readOnly);
  return closedObject(writable, resource, resource.typeName, types, path);
}
