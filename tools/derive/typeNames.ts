import { annotated } from './annotation.ts';
import { blocksOf } from './page.ts';
import type { Page } from './page.ts';
import { cellAt, columnIndex } from './table.ts';

/** The type of a property: a primitive of OData, a resource or an enumeration, by its own spelling. */
export interface PropertyType {
  name: string;
  collection: boolean;
}
/** The types that the pages themselves define, by their names in lower case. */
export interface TypeNames {
  resources: Map<string, string>;
  enumerations: Map<string, { name: string; values: string[] }>;
}

const primitives = [
  ...['String', 'Boolean', 'Guid', 'Binary', 'Int16', 'Int32', 'Int64', 'Single', 'Double', 'Decimal'],
  ...['DateTimeOffset', 'Date', 'TimeOfDay', 'Duration'],
];
const primitive = new Map([
  ...primitives.map((name) => [name.toLowerCase(), name] as const),
  ...([
    ['timestamp', 'DateTimeOffset'],
    ['datetime', 'DateTimeOffset'],
    ['string (timestamp)', 'DateTimeOffset'],
  ] as const),
]);

/** `microsoft.graph.device`, `#graph.device` and `Edm.String` without what stands before the last dot. */
export const lastSegment = (typeName: string): string => typeName.replace(/^#?(?:[A-Za-z]\w*\.)+/, '');

/** Finds the resources and enumerations (`### x values`) that the pages define. */
export function collectTypeNames(pages: readonly Page[]): TypeNames {
  const names: TypeNames = { resources: new Map(), enumerations: new Map() };
  for (const page of pages) {
    const [block] = page.kind === 'resource' ? blocksOf(page, 'resource') : [];
    const resource = lastSegment(annotated(block?.annotation, '@odata.type') ?? '');
    if (resource !== '') names.resources.set(resource.toLowerCase(), resource);
    for (const table of page.sections.flatMap((section) => section.tables)) {
      const name = /^(\w+) values$/i.exec(table.heading)?.[1];
      const column = columnIndex(table, 'member', 'value');
      if (name === undefined || column < 0) continue;
      const values = table.rows.map((row) => cellAt(row, column).text);
      names.enumerations.set(name.toLowerCase(), { name, values });
    }
  }
  return names;
}

/**
 * The type that a text names: `String`, `String (identifier)`, `device collection`, `Collection(Edm.String)`.
 * @returns undefined when neither OData nor a page knows such a type
 */
export function resolveType(text: string, names: TypeNames): PropertyType | undefined {
  const wrapped = /^collection\((.*)\)$/i.exec(text) ?? /^(.*?) collection$/i.exec(text);
  const single = (wrapped?.[1] ?? text).trim();
  const key = lastSegment(single).toLowerCase();
  const name =
    primitive.get(key) ??
    primitive.get(key.replace(/ \(.*\)$/, '')) ??
    names.resources.get(key) ??
    names.enumerations.get(key)?.name;
  return name === undefined ? undefined : { name, collection: wrapped !== null };
}

/** `microsoft.graph.directoryobject` as the resource's own page, or else a link on `page`, spells it. */
export function spellType(typeName: string, page: Page, names: TypeNames): string {
  const name = lastSegment(typeName);
  const linked = page.links.find((link) => link.text.toLowerCase() === name.toLowerCase())?.text;
  const spelt = names.resources.get(name.toLowerCase()) ?? linked ?? name;
  return typeName.replace(/^#/, '').slice(0, -name.length) + spelt;
}
