import { formatOf } from '../../shared/bulk/rows/formatOf.ts';

test.each([
  ['text/csv', undefined, 'csv'],
  ['Text/CSV; charset=utf-8; header=present', undefined, 'csv'],
  ['text/tab-separated-values', undefined, 'csv'],
  ['application/x-ndjson', undefined, 'jsonLines'],
  ['application/json;odata.metadata=minimal', 'a.csv', 'json'],
  ['application/octet-stream', 'Devices.CSV', 'csv'],
  ['application/vnd.ms-excel', 'a.csv', 'csv'],
  ['text/plain', 'a.b.jsonl', 'jsonLines'],
  [null, 'a.json', 'json'],
  ['', 'a.ndjson', 'jsonLines'],
  [null, undefined, undefined],
  [null, 'csv', undefined],
  [null, 'a.constructor', undefined],
  ['constructor', 'a.csv', undefined],
  ['application/zip', 'a.csv', undefined],
])('the manifest of type %j and name %j is %s', (type, name, format) => {
  expect(formatOf(type, name)).toBe(format);
});
