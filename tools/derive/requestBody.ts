import { posix } from 'node:path';
import type { BodySource, Types } from './bodySchema.ts';
import { toCamelCase } from './operationPage.ts';
import type { Operation } from './operationPage.ts';
import type { Section } from './outline.ts';
import { sectionOf } from './page.ts';
import type { Page } from './page.ts';
import { isPropertyTable, readProperties } from './property.ts';
import type { Property } from './property.ts';
import type { Resource } from './resourcePage.ts';
import { spellType } from './typeNames.ts';

/**
 * @returns undefined for an operation that takes no body, by its method or by what its page says, and where neither link, table nor title
 * tells what a body is made of
 */
export function findBody(
  page: Page,
  { method, title }: Pick<Operation, 'method' | 'title'>,
  types: Types,
): BodySource | undefined {
  const section = sectionOf(page, /^request body$/);
  if (!section || !['POST', 'PATCH', 'PUT'].includes(method) || refusesBody(section)) return undefined;
  const resourceName = findResourceName(section, page, types);
  const resource = resourceName === undefined ? undefined : types.resources.get(resourceName);
  const table = section.tables.find(isPropertyTable);
  if (resourceName === undefined && !table && !/\s/.test(title)) return undefined;
  const rows = table ? readProperties(table, types.names, page.report) : undefined;
  if (rows) checkRows(rows, resource, page);
  const typeName = resource?.typeName ?? (resourceName === undefined ? undefined : `microsoft.graph.${resourceName}`);
  return {
    name: bodyName(title, resourceName),
    ...(typeName === undefined ? {} : { typeName }),
    ...(resource ? { resource } : {}),
    ...(rows && rows.length > 0 ? { rows } : {}),
    creates: method !== 'PATCH',
  };
}

const refusesBody = (section: Section): boolean =>
  section.paragraphs.some(({ text }) => /\b(?:do not|don['’]t) supply a request body\b/i.test(text));

function checkRows(rows: readonly Property[], resource: Resource | undefined, { report }: Page): void {
  for (const { line, name, type } of rows) {
    if (resource?.properties.some((property) => property.name === name)) continue;
    if (!type) report.error(line, `${name} has no type, neither here nor on a resource page`);
    else if (resource && !isBeside(name, resource)) report.warn(line, `${name} is no property of ${resource.name}`);
  }
}

/** Control information (`@odata.id`) and relationships may be sent although they are no properties. */
const isBeside = (name: string, { relationships }: Resource): boolean =>
  name.includes('@') || relationships.includes(name);

/** The verb goes to the end: the body of "Create device", a device, is `deviceCreate`. */
function bodyName(title: string, resourceName: string | undefined): string {
  const [verb = '', ...rest] = title.match(/[A-Za-z0-9]+/g) ?? [];
  const subject = resourceName ?? rest.join(' ');
  return toCamelCase(subject === '' ? `${verb} body` : `${subject} ${verb}`);
}

/** The resource that the prose of a section links to, or calls by name. */
function findResourceName(section: Section, page: Page, types: Types): string | undefined {
  for (const { href, text } of section.paragraphs.flatMap(({ links }) => links)) {
    const target = posix.join(posix.dirname(page.path), href.replace(/#.*$/, '')).toLowerCase();
    const known = [...types.resources.values()].find((resource) => resource.page.path.toLowerCase() === target);
    if (known) return known.name;
    if (!/(?:^|\/)resources\/[^/]+\.md$/.test(target)) continue;
    return spellType(/^\w+$/.test(text) ? text : posix.basename(target, '.md'), page, types.names);
  }
  const prose = section.paragraphs.map(({ text }) => text).join(' ');
  const named = /\bJSON representation (?:of|for) (?:an? |the )?([A-Za-z]\w*) (?:object|resource)\b/i.exec(prose)?.[1];
  return named === undefined ? undefined : spellType(named, page, types.names);
}
