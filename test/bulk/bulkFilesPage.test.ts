import { readFileSync } from 'node:fs';
import { reportHead, toCsvLine } from '../../shared/bulk/report/csvLine.ts';
import type { ReportRow } from '../../shared/bulk/report/reportRow.ts';
import { columns, requiredColumns } from '../../shared/bulk/rows/csvColumns.ts';
import { formatOf } from '../../shared/bulk/rows/formatOf.ts';
import { maxRowLength, maxRows } from '../../shared/bulk/rows/limits.ts';
import { box, cellsOf, csv } from './manifests.ts';
import { readProblems, readRight } from './read.ts';

const page = readFileSync('docs/bulk-files.md', 'utf8');
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, text = '']) => text);
const [manifest = '', report = ''] = blocks('csv');
const [json = '', problem = ''] = blocks('json');
/** First and last cell of the rows of the table under a heading. */
const table = (heading: string): [string, string][] =>
  [
    ...(page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '').matchAll(/^\| *(`.*?) *\|(?:.*\|)? *(.*?) *\|$/gm),
  ].map(([, first = '', last = '']) => [first, last]);

test('docs/bulk-files.md shows manifests that are right', async () => {
  expect(await readRight(manifest)).toHaveLength(2);
  expect(await readRight(json, { format: 'json' })).toHaveLength(1);
});

test('docs/bulk-files.md shows a problem as it is told', async () => {
  const wrong = csv([cellsOf(box), cellsOf(box).with(0, '4c299165')]).replace('deviceId', 'Device Id');
  expect(await readProblems(wrong)).toEqual([JSON.parse(problem)]);
});

test('docs/bulk-files.md names every column, and those that are required', () => {
  const rows = table('CSV');
  const names = rows.flatMap(([name]) =>
    name.includes('…')
      ? Array.from({ length: 15 }, (_, index) => `extensionAttribute${index + 1}`)
      : [name.replaceAll('`', '')],
  );
  expect([...names].sort()).toEqual([...columns.values()].map(({ property }) => property).sort());
  const required = rows.filter(([, last]) => last === 'required').map(([name]) => name.replaceAll('`', ''));
  expect(required.sort()).toEqual([...requiredColumns].sort());
});

test('docs/bulk-files.md names the formats and the limits as they are', () => {
  for (const [, type = ''] of page.matchAll(/^\| (?:CSV|JSON).*?\| `(.*?)`/gm)) expect(formatOf(type)).toBeDefined();
  for (const limit of [maxRows, maxRowLength]) expect(page).toContain(limit.toLocaleString('en-US'));
});

test('docs/bulk-files.md shows a report as it is written', () => {
  const none = { id: null, error: null, message: null, field: null };
  const rows: ReportRow[] = [
    {
      ...none,
      row: 1,
      deviceId: '4c299165-6e8f-4b45-a5ba-c5d250a707ff',
      outcome: 'created',
      id: '019ab0c6-3f5e-7c11-9d3b-5a1f0e2b7c44',
    },
    {
      ...none,
      row: 2,
      deviceId: '0b9d3a52-0f0e-4f3a-9d55-2f6a1c8e7b10',
      outcome: 'rejected',
      error: 'Request_BadRequest',
      message: "A value is required for 'displayName'.",
      field: 'displayName',
    },
  ];
  expect(report.replaceAll('\n', '\r\n')).toBe(reportHead + rows.map(toCsvLine).join(''));
  expect(table('The report').map(([outcome]) => outcome)).toEqual([
    '`created`',
    '`unchanged`',
    '`rejected`',
    '`notAttempted`',
  ]);
});
