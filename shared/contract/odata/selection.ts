import deviceCreate from '../generated/schemas/deviceCreate.json' with { type: 'json' };
import { resources, type Resource } from './model.ts';
import { echo, refuseQuery, senseless, syntaxError, tooLarge, type Place } from './queryErrors.ts';
import type { Expand } from './syntax.ts';

/** Extension properties are known by the form of their names. */
const extensionNames = Object.keys(deviceCreate.patternProperties).map((pattern) => new RegExp(pattern, 'u'));
const maxNames = 200;

/**
 * Reads a `$select`.
 * @returns undefined for `*`, which means what is answered without the option
 * @throws GraphError
 */
export function parseSelect(text: string, resource: Resource, whole?: Place): readonly string[] | undefined {
  const names = new Set<string>();
  let position = 1;
  for (const part of text.split(',')) {
    const name = part.trim();
    const begin = position + part.indexOf(name);
    const place = whole
      ? { ...whole, position: whole.position + begin - 1 }
      : { option: '$select', text, position: begin };
    if (name === '') throw syntaxError(place, 'The name of a property is expected.');
    if (name !== '*') checkName(name, resource, place);
    names.add(name);
    if (names.size > maxNames) throw tooLarge(place, `At most ${maxNames} names are read.`);
    position += part.length + 1;
  }
  return names.has('*') ? undefined : [...names];
}

function checkName(name: string, resource: Resource, place: Place): void {
  if (resource.names.has(name) || extensionNames.some((pattern) => pattern.test(name))) return;
  const [first = ''] = name.split('/');
  const hint = resource.names.has(first)
    ? `Select the whole '${first}'.`
    : `'${echo(name)}' is no property of the resource '${resource.title}'. Names are case-sensitive.`;
  throw senseless(place, `Could not find a property named '${echo(name)}' on type '${resource.typeName}'.`, hint);
}

const expansion = /^\s*([a-z]\w*)\s*(?:\(\s*\$select\s*=([^()]*)\)\s*)?$/i;

/**
 * Reads an `$expand`: one relationship, perhaps with a `$select` of its own.
 * @throws GraphError
 */
export function parseExpand(text: string, resource: Resource): Expand {
  const place = { option: '$expand', text, position: 1 };
  const [, relationship, select] = expansion.exec(text) ?? [];
  if (relationship === undefined) {
    throw refuseQuery(
      'Request_UnsupportedQuery',
      `The $expand query option '${echo(text)}' is not supported.`,
      place,
      "One relationship is expected, such as 'registeredUsers' or 'registeredUsers($select=id)'.",
    );
  }
  const name = { ...place, position: text.indexOf(relationship) + 1 };
  if (!resource.relationships.includes(relationship)) {
    throw senseless(
      name,
      `Could not find a property named '${echo(relationship)}' on type '${resource.typeName}'.`,
      `These can be expanded: ${resource.relationships.join(', ') || 'none'}.`,
    );
  }
  if (select === undefined) return { relationship };
  const names = parseSelect(select, resources.directoryObject, { ...place, position: text.indexOf('=') + 2 });
  return names ? { relationship, select: names } : { relationship };
}
