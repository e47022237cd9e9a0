import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { reportHead, toCsvLine } from '../../shared/bulk/report/csvLine.ts';
import { toJsonLine } from '../../shared/bulk/report/jsonLine.ts';
import { reportFormatOf } from '../../shared/bulk/report/reportFormatOf.ts';
import type { ReportRow } from '../../shared/bulk/report/reportRow.ts';

const created: ReportRow = {
  row: 1,
  deviceId: '4c299165-6e8f-4b45-a5ba-c5d250a707ff',
  outcome: 'created',
  id: '019ab0c6-3f5e-7c11-9d3b-5a1f0e2b7c44',
  error: null,
  message: null,
  field: null,
};
const rejected: ReportRow = {
  row: 2,
  deviceId: null,
  outcome: 'rejected',
  id: null,
  error: 'Request_BadRequest',
  message: 'A "key", please.',
  field: 'alternativeSecurityIds[0].key',
};

test('a report in CSV has a heading, a line for each row, and CRLF', () => {
  expect(reportHead + toCsvLine(created) + toCsvLine(rejected)).toBe(
    'row,deviceId,outcome,id,error,message,field\r\n' +
      '1,4c299165-6e8f-4b45-a5ba-c5d250a707ff,created,019ab0c6-3f5e-7c11-9d3b-5a1f0e2b7c44,,,\r\n' +
      '2,,rejected,,Request_BadRequest,"A ""key"", please.",alternativeSecurityIds[0].key\r\n',
  );
});

test('a report in JSON Lines has an object for each row, with null for what there is not', () => {
  expect(toJsonLine(rejected)).toBe(
    '{"row":2,"deviceId":null,"outcome":"rejected","id":null,"error":"Request_BadRequest",' +
      '"message":"A \\"key\\", please.","field":"alternativeSecurityIds[0].key"}\n',
  );
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '\r1', '\n=1', '=HYPERLINK("http://a","b")', '＝1'])(
  'a cell of a report that begins like a formula is text: %j',
  (message) => {
    const [, cells] = parse(reportHead + toCsvLine({ ...rejected, message }));
    expect(cells?.[5]).toBe(`'${message}`);
  },
);

const anyCell = fc.option(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('=1', '"', ',', '\r\n', ' a ', '-')));
const anyRow: fc.Arbitrary<ReportRow> = fc.record({
  row: fc.integer({ min: 1 }),
  deviceId: anyCell,
  outcome: fc.constantFrom('created', 'unchanged', 'rejected', 'notAttempted'),
  id: anyCell,
  error: anyCell,
  message: anyCell,
  field: anyCell,
});

test('a report in CSV is read back as it was, but for the apostrophe before a formula', () => {
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 5 }), (rows) => {
      const text = reportHead + rows.map(toCsvLine).join('');
      const [, ...lines] = parse(text, { record_delimiter: '\r\n', bom: false });
      const expected = rows.map(({ row, deviceId, outcome, id, error, message, field }) =>
        [row, deviceId, outcome, id, error, message, field].map((cell) => String(cell ?? '')),
      );
      expect(lines.map((cells) => cells.length)).toEqual(rows.map(() => 7));
      lines.forEach((cells, line) =>
        cells.forEach((cell, at) => {
          expect([expected[line]?.[at], `'${expected[line]?.[at] ?? ''}`]).toContain(cell);
          expect(cell).not.toMatch(/^\s*[=+@-]/);
        }),
      );
    }),
  );
});

test('a report in JSON Lines is read back as it was, one line each', () => {
  fc.assert(
    fc.property(anyRow, (row) => {
      const line = toJsonLine(row);
      expect(line.indexOf('\n')).toBe(line.length - 1);
      expect(JSON.parse(line)).toEqual(row);
    }),
  );
});

test.each([
  [null, 'jsonLines'],
  ['', 'jsonLines'],
  ['*/*', 'jsonLines'],
  ['application/json', 'jsonLines'],
  ['application/x-ndjson', 'jsonLines'],
  ['text/csv', 'csv'],
  ['TEXT/CSV; charset=utf-8', 'csv'],
  ['text/*', 'csv'],
  ['text/csv, */*;q=0.1', 'csv'],
  ['text/csv;q=0.5, application/x-ndjson', 'jsonLines'],
  ['text/csv;q=0', 'jsonLines'],
  ['text/csv;q=x', 'csv'],
  ['text/html', 'jsonLines'],
])('Accept %j asks for a report in %s', (accept, format) => {
  expect(reportFormatOf(accept)).toBe(format);
});
