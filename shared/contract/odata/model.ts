import alternativeSecurityId from '../generated/schemas/alternativeSecurityId.json' with { type: 'json' };
import device from '../generated/schemas/device.json' with { type: 'json' };
import directoryObject from '../generated/schemas/directoryObject.json' with { type: 'json' };
import extensionAttributes from '../generated/schemas/onPremisesExtensionAttributes.json' with { type: 'json' };
import user from '../generated/schemas/user.json' with { type: 'json' };
import type { Field, ValueType } from './syntax.ts';

/** What is listed; a list of directory objects may hold devices and users. */
export type EntityType = 'device' | 'user' | 'directoryObject';

/** A property with one value, and what queries can do with it. */
export interface Property extends Field {
  /** Operators and functions of `$filter`, `null` for comparing with it. */
  filter: ReadonlySet<string>;
  orderby: boolean;
  search: boolean;
}

/** A property with many values. */
export interface Collection {
  path: string;
  /** As for a property; also `/$count eq 0` and `/$count ne 0`. */
  filter: ReadonlySet<string>;
  /** The fields of an item by name; the only one of a plain value has an empty name. */
  fields: ReadonlyMap<string, Field>;
}

/** What queries know of a type. */
export interface Resource {
  /** As messages write it: `Device`. */
  title: string;
  /** `microsoft.graph.device` */
  typeName: string;
  properties: ReadonlyMap<string, Property>;
  collections: ReadonlyMap<string, Collection>;
  /** Everything `$select` may name. */
  names: ReadonlySet<string>;
  relationships: readonly string[];
}

/** The part of a generated schema that says what queries can do. */
interface Schema {
  type?: string | string[];
  format?: string;
  items?: Schema;
  anyOf?: Schema[];
  $ref?: string;
  title?: string;
  properties?: Record<string, Schema>;
  'x-type'?: string;
  'x-filter'?: string[];
  'x-orderby'?: boolean;
  'x-search'?: boolean;
  'x-relationships'?: string[];
}

const complexTypes: Readonly<Record<string, Schema>> = {
  [alternativeSecurityId.$id]: alternativeSecurityId,
  [extensionAttributes.$id]: extensionAttributes,
};

/** Where the pages say `ge` and `le`, `gt` and `lt` work as well. */
function operators(names: readonly string[] = []): ReadonlySet<string> {
  const all = new Set(names);
  if (all.has('ge')) all.add('gt');
  if (all.has('le')) all.add('lt');
  return all;
}

function valueType({ type = '', format }: Schema): ValueType {
  const types = [type].flat();
  if (types.includes('boolean')) return 'boolean';
  if (types.includes('integer') || types.includes('number')) return 'number';
  if (format === 'date-time') return 'instant';
  return format === 'base64' ? 'binary' : 'string';
}

const membersOf = ({ $ref = '' }: Schema): [string, Schema][] => Object.entries(complexTypes[$ref]?.properties ?? {});

function describe(schema: Schema): Resource {
  const properties = new Map<string, Property>();
  const collections = new Map<string, Collection>();
  const add = (path: string, of: Schema, said: Schema): void => {
    const queries = { orderby: said['x-orderby'] ?? false, search: said['x-search'] ?? false };
    properties.set(path, { path, type: valueType(of), filter: operators(said['x-filter']), ...queries });
  };
  for (const [path, property] of Object.entries(schema.properties ?? {})) {
    const complex = property.anyOf?.find(({ $ref }) => $ref);
    const { items } = property;
    if (items) {
      const members = membersOf(items).map(
        ([name, member]) => [name, { path: name, type: valueType(member) }] as const,
      );
      const fields = new Map<string, Field>(items.$ref ? members : [['', { path: '', type: valueType(items) }]]);
      collections.set(path, { path, filter: operators(property['x-filter']), fields });
    } else if (complex) {
      for (const [name, member] of membersOf(complex)) add(`${path}/${name}`, member, property);
    } else add(path, property, property);
  }
  return {
    title: schema.title ?? '',
    typeName: schema['x-type'] ?? '',
    properties,
    collections,
    names: new Set(Object.keys(schema.properties ?? {})),
    relationships: schema['x-relationships'] ?? [],
  };
}

const described = { device: describe(device), user: describe(user) };

/** What holds of directory objects, and whatever holds of devices or users among them. */
function anything(own: Resource): Resource {
  const { device, user } = described;
  return {
    ...own,
    properties: new Map([...user.properties, ...device.properties]),
    collections: new Map([...user.collections, ...device.collections]),
    names: new Set([...user.names, ...device.names]),
  };
}

/** What queries know of each type, out of the pages in `docs/resources`. */
export const resources: Readonly<Record<EntityType, Resource>> = {
  ...described,
  directoryObject: anything(describe(directoryObject)),
};
