import { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../shared/contract/odata/skiptoken.ts';
import { resources } from '../../shared/contract/odata/model.ts';
import { prefixLengths } from '../../shared/directory/emulator/queries/matchText.ts';
import { indexed } from '../../shared/directory/emulator/queries/order.ts';
import { planOf, statementOf } from '../../shared/directory/emulator/queries/plan.ts';
import { columns } from '../../shared/directory/emulator/queries/toSql.ts';
import { migrate } from '../../shared/directory/emulator/sqliteSchema.ts';
import { read, type Options } from '../odata/read.ts';

let database: DatabaseSync;
beforeAll(() => {
  database = new DatabaseSync(':memory:');
  migrate(database);
});
afterAll(() => {
  database.close();
});

/** How SQLite finds the rows of a query, one line for each step of each part. */
function explained(options: Options, after?: Position): string[] {
  const plan = planOf(read(options));
  return plan.parts(after).flatMap((part) => {
    const { sql, params } = statementOf(plan, part);
    const steps = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...params, 100);
    return steps.map(({ detail }) => String(detail).replace('COVERING ', ''));
  });
}

const search = (column: string, how: string): string => `SEARCH i USING INDEX deviceIndexBy_${column} (${how})`;

test.each([
  [{ $filter: "operatingSystem eq 'linux'" }, 'operatingSystem', 'operatingSystem=?'],
  [{ $filter: "displayName eq 'x'" }, 'displayName', 'displayName=?'],
  [{ $filter: 'displayName eq null' }, 'displayName', 'displayName=?'],
  [
    { $filter: "operatingSystemVersion eq '6.1' and accountEnabled eq true" },
    'operatingSystemVersion',
    'operatingSystemVersion=?',
  ],
  [{ $filter: "trustType eq 'AzureAd'" }, 'trustType', 'trustType=?'],
  [{ $filter: 'isManaged eq true' }, 'isManaged', 'isManaged=?'],
  [{ $filter: 'isCompliant eq false' }, 'isCompliant', 'isCompliant=?'],
  [{ $filter: 'accountEnabled eq false' }, 'accountEnabled', 'accountEnabled=?'],
  [{ $filter: "startsWith(displayName,'x')" }, 'displayName', 'displayName>? AND displayName<?'],
  [
    { $filter: "startsWith(operatingSystemVersion,'6.')" },
    'operatingSystemVersion',
    'operatingSystemVersion>? AND operatingSystemVersion<?',
  ],
  [
    { $filter: 'approximateLastSignInDateTime ge 2026-01-01' },
    'approximateLastSignInDateTime',
    'approximateLastSignInDateTime>?',
  ],
  [
    { $filter: "displayName ge 'a' and displayName lt 'b' and displayName gt 'aa'" },
    'displayName',
    'displayName>? AND displayName<?',
  ],
])('the first page of %j is found in an index, in its order', (options, column, how) => {
  expect(explained(options)).toEqual([search(column, how)]);
});

test('several values are looked up one after the other, whether listed or joined by "or"', () => {
  const twice = [search('displayName', 'displayName=?'), search('displayName', 'displayName=?')];
  expect(explained({ $filter: "displayName in ('a','b')" })).toEqual(twice);
  expect(explained({ $filter: "displayName eq 'a' or displayName eq 'b'" })).toEqual(twice);
});

test('a later page begins in the index where the one before ended', () => {
  const after = { key: 'M', position: 7 };
  expect(explained({ $filter: "operatingSystem eq 'm'" }, after)).toEqual([
    search('operatingSystem', 'operatingSystem=? AND rowid>?'),
  ]);
  expect(explained({ $filter: "startsWith(displayName,'m')" }, after)).toEqual([
    search('displayName', 'displayName=? AND rowid>?'),
    search('displayName', 'displayName>? AND displayName<?'),
  ]);
  expect(explained({ $orderby: 'displayName' }, after)).toEqual([
    search('displayName', 'displayName=? AND rowid>?'),
    search('displayName', 'displayName>?'),
  ]);
  expect(explained({ $orderby: 'displayName desc' }, after)).toEqual([
    search('displayName', 'displayName=? AND rowid<?'),
    search('displayName', 'displayName<?'),
    search('displayName', 'displayName=?'),
  ]);
  expect(explained({}, after)).toEqual(['SEARCH i USING INTEGER PRIMARY KEY (rowid>?)']);
});

test('nothing is sorted: every order that can be asked for is one of an index', () => {
  const sortable = [...resources.device.properties.values()].filter(({ orderby }) => orderby);
  expect(sortable.length).toBeGreaterThan(2);
  for (const { path } of sortable) {
    for (const direction of ['asc', 'desc']) {
      for (const after of [undefined, { key: null, position: 7 }, { key: 'x', position: 7 }]) {
        const steps = explained({ $orderby: `${path} ${direction}`, $filter: 'isManaged ne true' }, after);
        expect(steps.length).toBeGreaterThan(0);
        expect(steps.filter((step) => !step.includes(`USING INDEX deviceIndexBy_${path}`))).toEqual([]);
      }
    }
  }
});

test('a search goes through the full-text index, in the order of the devices', () => {
  expect(explained({ $search: '"displayName:x"' }, { key: null, position: 7 })).toEqual([
    expect.stringContaining('SCAN deviceWords VIRTUAL TABLE INDEX') as string,
    'SEARCH i USING INTEGER PRIMARY KEY (rowid=?)',
  ]);
});

test('what no index serves is read along the devices, in their order', () => {
  expect(explained({ $filter: "extensionAttributes/extensionAttribute1 eq 'x'" })).toEqual([
    'SEARCH i USING INTEGER PRIMARY KEY (rowid>?)',
  ]);
  expect(explained({ $search: 'NOT "displayName:x"' })).toEqual(['SEARCH i USING INTEGER PRIMARY KEY (rowid>?)']);
});

test('a statement holds our own words only: what the caller wrote is in the parameters', () => {
  const evil = `x"'; DROP TABLE devices; --`;
  const quoted = evil.replaceAll("'", "''");
  const filters = [
    `displayName eq '${quoted}'`,
    `startsWith(deviceId,'${quoted}')`,
    `physicalIds/any(p:p eq '${quoted}')`,
  ];
  for (const $filter of filters) {
    const plan = planOf(read({ $filter, $search: `"displayName:${evil.replaceAll('"', '\\"')}"` }));
    for (const part of plan.parts({ key: evil, position: 1 })) {
      const { sql, params } = statementOf(plan, part);
      expect(sql).not.toMatch(/DROP/i);
      expect(params).toContain(evil.toUpperCase());
    }
  }
});

test('the tables have the columns, the indexes and the prefixes that queries count on', () => {
  const inTable = database.prepare("SELECT name FROM pragma_table_info('deviceIndex')").all();
  expect(inTable.map(({ name }) => name).toSorted()).toEqual(['position', ...columns, 'others', 'words'].toSorted());
  const indexes = database.prepare("SELECT name FROM pragma_index_list('deviceIndex')").all();
  expect(indexes.map(({ name }) => name).toSorted()).toEqual(indexed.map((path) => `deviceIndexBy_${path}`).toSorted());
  const words = database.prepare("SELECT sql FROM sqlite_schema WHERE name = 'deviceWords'").get();
  expect(words?.sql).toContain(`prefix = '${prefixLengths.join(' ')}'`);
  expect(columns.filter((path) => !resources.device.properties.has(path))).toEqual([]);
});
