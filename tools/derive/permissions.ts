import { sectionOf } from './page.ts';
import type { Page } from './page.ts';
import { cellAt, columnIndex } from './table.ts';
import type { Row, Table } from './table.ts';

/** What a caller needs one of, from least to most privileged; empty where the kind of caller is not served. */
export interface Permissions {
  delegated: string[];
  delegatedPersonal: string[];
  application: string[];
}

const rowNames: [keyof Permissions, RegExp][] = [
  ['delegatedPersonal', /^delegated \(personal/i],
  ['delegated', /^delegated/i],
  ['application', /^application/i],
];
const permissionName = /^(?:[A-Za-z][\w-]*(?:\.[\w-]+)+|openid|profile|email|offline_access)$/;

/**
 * Reads the permissions table in either form: one column of permissions, or one for the least privileged and one for
 * the higher ones.
 * @returns nobody's permissions when there is no such table; that was reported
 */
export function readPermissions(page: Page): Permissions {
  const permissions: Partial<Permissions> = {};
  const section = sectionOf(page, /^(?:permissions|prerequisites)$/);
  const [table, second] = section?.tables.filter((found) => columnIndex(found, 'permission type') === 0) ?? [];
  if (second) page.report.warn(second.line, 'only the first table of permissions is read');
  if (!table) {
    page.report.error(section?.line ?? page.titleLine, 'no table of permissions');
    return { delegated: [], delegatedPersonal: [], application: [] };
  }
  for (const row of table.rows) {
    const label = cellAt(row, 0).text;
    const name = rowNames.find(([, pattern]) => pattern.test(label))?.[0];
    if (!name) page.report.error(row.line, `"${label}" is no permission type`);
    else if (permissions[name]) page.report.error(row.line, `"${label}" stands in this table twice`);
    else permissions[name] = readRow(row, table, page);
  }
  for (const [name] of rowNames) {
    if (!permissions[name]) page.report.error(table.line, `the table of permissions has no row for ${name}`);
  }
  return { delegated: [], delegatedPersonal: [], application: [], ...permissions };
}

function readRow(row: Row, table: Table, page: Page): string[] {
  const text = row.cells
    .slice(1)
    .map((cell) => cell.text)
    .filter((cell) => !/^(?:not (?:supported|available|applicable)|none)?\.?$/i.test(cell))
    .join(', ');
  const words = text.split(/[\s,;]+/).filter((word) => !/^(?:|and|or)$/.test(word));
  const names = words.filter((word) => permissionName.test(word));
  const stranger = words.find((word) => !permissionName.test(word));
  if (stranger !== undefined && names.length > 0) {
    page.report.error(row.line, `"${stranger}" is no name of a permission`);
  } else if (stranger !== undefined) {
    page.report.warn(row.line, `"${text}" names no permission; taken for "Not supported."`);
  }
  const mostFirst = table.columns.slice(1).some((column) => /from most to least/i.test(column));
  return [...new Set(mostFirst ? names.toReversed() : names)];
}
