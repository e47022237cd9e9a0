import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseQuery } from '../shared/contract/odata/query.ts';
import type { DeviceStore, StoreQuery } from '../shared/directory/emulator/deviceStore.ts';
import { sqliteStore } from '../shared/directory/emulator/sqliteStore.ts';
import { seedDevices } from './seedDevices.ts';
import { median, quantile } from './statistics.ts';
import { table } from './table.ts';

/**
 * What a list costs in a small and in a large directory, and deep in a list. `npm run bench:queries`
 * Another number of devices in the large one: `npm run bench:queries -- 200000`
 */
const small = 10_000;
const large = Number(process.argv[2] ?? 1_000_000);
/** The page that is compared with the first one. */
const deepPage = 1000;
const rounds = 101;

/** The queries, and whether something is claimed of them: a full-text index has to be read up to the page. */
const cases = [
  { text: "$filter=operatingSystem eq 'linux'", hasBar: true },
  { text: "$filter=startsWith(displayName,'office')", hasBar: true },
  { text: '$orderby=displayName&$count=true', hasBar: true },
  { text: '$search="displayName:office"', hasBar: false },
];

/** A large directory, and a page deep in it, may take this many times as long. */
const bar = 2;

const write = (line: string): void => {
  console.log(line);
};
const folder = mkdtempSync(join(tmpdir(), 'registrar-bench-queries-'));
try {
  const stores = [await openStore(small), await openStore(large)] as const;
  const rows: string[][] = [];
  for (const { text, hasBar } of cases) rows.push(await measure(text, hasBar, stores));
  write('');
  table(['first page of', `${small}`, `${large}`, 'ratio', `page ${deepPage}`, 'ratio', `≤ ${bar}`], rows).forEach(
    write,
  );
  write('');
  const [, many] = stores;
  const filterOf = (text: string): StoreQuery['filter'] => parseQuery({ text, eventual: true }, 'device').filter;
  await watch('The number of all devices', () => many.countDevices());
  await watch('The number of a quarter of them', () =>
    many.countDevices(filterOf("$filter=operatingSystem eq 'linux'")),
  );
  await watch('A filter without an index', () =>
    many.countDevices(filterOf("$filter=extensionAttributes/extensionAttribute1 eq 'x'")),
  );
  for (const store of stores) await store.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A store of many devices, its index up to date. */
async function openStore(count: number): Promise<DeviceStore> {
  const path = join(folder, `${count}.db`);
  const options = { synchronous: 'NORMAL', warn: write } as const;
  await sqliteStore(path, options).close();
  seedDevices(path, count);
  const store = sqliteStore(path, options);
  await watch(`The first query after ${count} creates`, () => store.listDevices({ orderby: [], top: 1 }));
  return store;
}

/** Tells how long something took, and how long others had to wait for their turn meanwhile. */
async function watch(name: string, work: () => Promise<unknown>): Promise<void> {
  const waits: number[] = [];
  let seen = performance.now();
  const clock = setInterval(() => {
    waits.push(performance.now() - seen);
    seen = performance.now();
  }, 1);
  const begun = performance.now();
  await work();
  const ms = performance.now() - begun;
  clearInterval(clock);
  const [usual, longest] = [quantile(waits, 0.99), Math.max(0, ...waits)].map((wait) => wait.toFixed(0));
  write(
    `${name} took ${ms.toFixed(0)} ms; others waited up to ${usual} ms (99 % of the waits), at most ${longest} ms.`,
  );
}

async function measure(
  text: string,
  hasBar: boolean,
  [few, many]: readonly [DeviceStore, DeviceStore],
): Promise<string[]> {
  const { filter, search, orderby, top } = parseQuery({ text, eventual: true }, 'device');
  const first: StoreQuery = { top, orderby, ...(filter && { filter }), ...(search && { search }) };
  const deep = await pageAt(many, first);
  const times: Record<'few' | 'many' | 'deep', number[]> = { few: [], many: [], deep: [] };
  for (let round = 0; round < rounds; round += 1) {
    times.few.push(await timeOf(few, first));
    times.many.push(await timeOf(many, first));
    times.deep.push(await timeOf(many, deep));
  }
  const [fewMs, manyMs, deepMs] = [median(times.few), median(times.many), median(times.deep)];
  const [size, depth] = [manyMs / fewMs, deepMs / manyMs];
  const verdict = size <= bar && depth <= bar ? 'ok' : 'miss';
  const ms = (value: number): string => `${value.toFixed(2)} ms`;
  return [text, ms(fewMs), ms(manyMs), size.toFixed(2), ms(deepMs), depth.toFixed(2), hasBar ? verdict : ''];
}

/** The query for the deep page, reached as a caller does. */
async function pageAt(store: DeviceStore, first: StoreQuery): Promise<StoreQuery> {
  let query = first;
  for (let page = 1; page < deepPage; page += 1) {
    const { next } = await store.listDevices(query);
    if (!next) throw new Error(`The list ends on page ${page}.`);
    query = { ...first, after: next };
  }
  return query;
}

/** Milliseconds for one full page. */
async function timeOf(store: DeviceStore, query: StoreQuery): Promise<number> {
  const begun = performance.now();
  const { objects } = await store.listDevices(query);
  const ms = performance.now() - begun;
  if (objects.length !== query.top) throw new Error(`A page holds ${objects.length} devices.`);
  return ms;
}
