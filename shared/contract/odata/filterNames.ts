import type { Collection, Resource } from './model.ts';
import { unknownProperty, unsupportedClause, type Place } from './queryErrors.ts';
import type { Field } from './syntax.ts';

/** What a name in a filter means: a field, and what may be done with it. */
export interface Target {
  field: Field;
  /** As messages call it. */
  name: string;
  filter: ReadonlySet<string>;
}

/** An item of a collection, under the name that a lambda gives it. */
export interface Item {
  variable: string;
  collection: Collection;
}

/** @throws GraphError when no such field exists, or it cannot be compared as it stands */
export function targetOf(path: string, item: Item | undefined, resource: Resource, place: Place): Target {
  if (item) return itemTarget(path, item, resource, place);
  const property = resource.properties.get(path);
  if (property) return { field: { path, type: property.type }, name: path, filter: property.filter };
  const [first = ''] = path.split('/');
  if (!resource.names.has(first)) throw unknownProperty(place, first, resource.title);
  const hint = resource.collections.has(path)
    ? `'${path}' holds many values: '${path}/any(x: …)' asks about them.`
    : `'${path.slice(0, 100)}' is no single value.`;
  throw unsupportedClause(place, first, resource.title, hint);
}

function itemTarget(path: string, { variable, collection }: Item, resource: Resource, place: Place): Target {
  const [first, ...rest] = path.split('/');
  const field = first === variable ? collection.fields.get(rest.join('/')) : undefined;
  if (field) return { field, name: collection.path, filter: collection.filter };
  const fields = [...collection.fields.keys()].map((name) => (name === '' ? variable : `${variable}/${name}`));
  throw unsupportedClause(place, collection.path, resource.title, `${fields.join(', ')} may be compared here.`);
}

/**
 * Refuses what the page of the resource does not promise.
 * @param word an operator or function, `null`, `not`, or `/$count eq 0`
 * @throws GraphError
 */
export function require(target: Pick<Target, 'name' | 'filter'>, word: string, resource: Resource, place: Place): void {
  if (target.filter.has(word)) return;
  const words = [...target.filter].join(', ');
  const hint = words === '' ? `'${target.name}' cannot be filtered.` : `'${target.name}' supports ${words}.`;
  throw unsupportedClause(place, target.name, resource.title, hint);
}
