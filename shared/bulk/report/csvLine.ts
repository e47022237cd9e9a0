import type { ReportRow } from './reportRow.ts';

const fields = ['row', 'deviceId', 'outcome', 'id', 'error', 'message', 'field'] as const satisfies (keyof ReportRow)[];

/** The heading row of a report in CSV (RFC 4180), with its end. */
export const reportHead = `${fields.join(',')}\r\n`;

/** A row of a report in CSV, with its end. Spreadsheets find no formula in it. */
export const toCsvLine = (row: ReportRow): string => `${fields.map((field) => toCell(row[field])).join(',')}\r\n`;

/** Spreadsheets take text that begins like this for a formula; behind an apostrophe it is text. */
const formula = /^(?:\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r])/;

function toCell(value: string | number | null): string {
  if (typeof value !== 'string') return String(value ?? '');
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
