import { factsOf } from './facts.ts';
import type { Facts } from './facts.ts';
import type { Report } from './pageErrors.ts';
import { cellAt, columnIndex, isGroupRow } from './table.ts';
import type { Table } from './table.ts';
import { resolveType } from './typeNames.ts';
import type { PropertyType, TypeNames } from './typeNames.ts';

/** A property as a row of a table describes it. */
export interface Property {
  name: string;
  /** undefined where the row leaves the type to another page. */
  type: PropertyType | undefined;
  description: string;
  facts: Facts;
  line: number;
}

const nameColumns = ['property', 'name', 'parameter', 'property name', 'parameter name'];

/** Whether a table describes properties at all. */
export const isPropertyTable = (table: Table): boolean => columnIndex(table, ...nameColumns) >= 0;

/** Reads the properties of a table in its order. */
export function readProperties(table: Table, names: TypeNames, report: Report): Property[] {
  const properties = new Map<string, Property>();
  const nameColumn = columnIndex(table, ...nameColumns);
  const typeColumn = columnIndex(table, 'type', 'value');
  const descriptionColumn = columnIndex(table, 'description');
  for (const row of table.rows) {
    if (isGroupRow(row)) continue;
    const name = cellAt(row, nameColumn).text;
    const typeText = cellAt(row, typeColumn).text;
    const description = cellAt(row, descriptionColumn);
    const type = resolveType(typeText, names);
    if (!/^[@A-Za-z][\w@.]*$/.test(name)) {
      report.error(row.line, `"${name}" is no name of a property`);
    } else if (properties.has(name)) {
      report.error(row.line, `${name} stands in this table twice`);
    } else if (typeText !== '' && !type) {
      report.error(row.line, `${name} has the unknown type "${typeText}"`);
    } else {
      const facts = factsOf(description.markdown);
      properties.set(name, { name, type, description: description.text, facts, line: row.line });
    }
  }
  return [...properties.values()];
}
