import { annotated } from './annotation.ts';
import { contradiction, readRepresentation, shownType } from './jsonRepresentation.ts';
import type { ShownProperty } from './jsonRepresentation.ts';
import { blocksOf, leadOf, sectionOf } from './page.ts';
import type { Page } from './page.ts';
import { isPropertyTable, readProperties } from './property.ts';
import type { Property } from './property.ts';
import { cellAt, columnIndex } from './table.ts';
import { lastSegment } from './typeNames.ts';
import type { PropertyType, TypeNames } from './typeNames.ts';

export type TypedProperty = Property & { type: PropertyType };

/** A resource type as its page describes it. */
export interface Resource {
  /** `device` */
  name: string;
  /** `microsoft.graph.device` */
  typeName: string;
  baseType?: string;
  key?: string;
  open: boolean;
  description: string;
  page: Page;
  /** In the order of the JSON representation. */
  properties: TypedProperty[];
  relationships: string[];
}

/** @returns undefined when the page has no usable JSON representation; that was reported */
export function readResource(page: Page, names: TypeNames): Resource | undefined {
  const { report } = page;
  const [block, second] = blocksOf(page, 'resource');
  if (!block) {
    report.error(page.titleLine, 'no JSON representation: no block is annotated with "blockType": "resource"');
    return undefined;
  }
  if (second) report.error(second.line, 'a second JSON representation; a resource page describes one type');
  const { annotation } = block;
  const typeName = annotated(annotation, '@odata.type');
  if (typeName === undefined || !/^[A-Za-z]\w*$/.test(lastSegment(typeName))) {
    report.error(annotation.line, 'the annotation of the JSON representation names no "@odata.type"');
    return undefined;
  }
  const shown = readRepresentation(block, report);
  if (!shown) return undefined;
  const relationships = readRelationships(page);
  const baseType = annotated(annotation, 'baseType');
  const key = annotated(annotation, 'keyProperty');
  return {
    name: lastSegment(typeName),
    typeName,
    ...(baseType === undefined ? {} : { baseType }),
    ...(key === undefined ? {} : { key }),
    open: annotation.values.openType === true,
    description: leadOf(page),
    page,
    properties: join(shown, readTable(page, names), relationships, page, names),
    relationships,
  };
}

function readTable(page: Page, names: TypeNames): Property[] {
  const table = sectionOf(page, /^properties$/)?.tables.find(isPropertyTable);
  return table ? readProperties(table, names, page.report) : [];
}

/** Only the names, not rows that lead elsewhere: what is at the other end of a relationship needs no page. */
function readRelationships(page: Page): string[] {
  const [table] = sectionOf(page, /^relationships$/)?.tables ?? [];
  if (!table) return [];
  const column = Math.max(columnIndex(table, 'relationship', 'name'), 0);
  return table.rows.map((row) => cellAt(row, column).text).filter((name) => /^[A-Za-z]\w*$/.test(name));
}

/** Every property stands in the table and in the JSON representation; each says what the other does not. */
function join(
  shown: readonly ShownProperty[],
  rows: readonly Property[],
  relationships: readonly string[],
  { report }: Page,
  names: TypeNames,
): TypedProperty[] {
  const unseen = new Map(rows.map((row) => [row.name, row]));
  const properties: TypedProperty[] = [];
  for (const { name, value, line } of shown) {
    const row = unseen.get(name);
    unseen.delete(name);
    if (!row) {
      const expected = name === '@odata.type' || relationships.includes(name);
      if (!expected) report.error(line, `${name} is not in the table of properties`);
      continue;
    }
    const { type: here, unknownName } = shownType(value, names);
    const type = row.type ?? here;
    const wrong = here && type && contradiction(here, type, names);
    if (unknownName !== undefined) report.error(line, `${name} has the unknown type "${unknownName}"`);
    else if (wrong) report.error(line, `${name} ${wrong}`);
    else if (!type) report.error(row.line, `${name} has no type`);
    else properties.push({ ...row, type });
  }
  for (const { name, line } of unseen.values()) report.error(line, `${name} is not in the JSON representation`);
  return properties;
}
