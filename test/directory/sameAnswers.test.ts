import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { DeviceStore, StoreQuery } from '../../shared/directory/emulator/deviceStore.ts';
import { memoryStore } from '../../shared/directory/emulator/memoryStore.ts';
import { sqliteStore } from '../../shared/directory/emulator/sqliteStore.ts';
import { filter, keptDevices, order, search, type KeptDevice } from '../support/queries.ts';

/** Sets of devices, and queries on each of them; `QUERY_RUNS` sets another number of sets. */
const runs = Number(process.env.QUERY_RUNS ?? 25);
const queriesPerRun = 40;

let folder: string;
let sqlite: DeviceStore;
let memory: DeviceStore;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'registrar-queries-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  memory = memoryStore();
  sqlite = sqliteStore(join(folder, 'directory.db'), {
    synchronous: 'NORMAL',
    warn: (line) => {
      throw new Error(line);
    },
  });
});
afterEach(() => sqlite.close());

const query: fc.Arbitrary<StoreQuery> = fc
  .record({
    filter: fc.option(filter, { nil: undefined, freq: 4 }),
    search: fc.option(search, { nil: undefined, freq: 1 }),
    orderby: fc.array(order, { maxLength: 1 }),
    top: fc.integer({ min: 1, max: 7 }),
  })
  .map(({ filter, search, ...others }) => ({ ...others, ...(filter && { filter }), ...(search && { search }) }));

/** The ids of all pages. */
async function pages(store: DeviceStore, query: StoreQuery): Promise<string[][]> {
  const found: string[][] = [];
  for (let after = query.after; ;) {
    const page = await store.listDevices({ ...query, ...(after && { after }) });
    found.push(page.objects.map(({ id }) => id));
    if (!page.next) return found;
    after = page.next;
  }
}

async function add(device: KeptDevice): Promise<void> {
  for (const store of [memory, sqlite]) await store.addDevice(device.id, device.deviceId, device.json);
}

test('memory and SQLite answer any query with the same pages to the end, and with the same number', async () => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(
      keptDevices,
      fc.array(query, { minLength: queriesPerRun, maxLength: queriesPerRun }),
      async (devices, queries) => {
        for (const device of devices) await add(device);
        for (const one of queries) {
          const expected = await pages(memory, one);
          expect(await pages(sqlite, one)).toEqual(expected);
          expect(await sqlite.countDevices(one.filter, one.search)).toBe(expected.flat().length);
          answered += expected.flat().length;
        }
        for (const { id } of devices)
          for (const store of [memory, sqlite]) expect(await store.removeObject(id)).toBe(true);
        expect(await sqlite.countDevices()).toBe(0);
      },
    ),
    { numRuns: runs },
  );
  expect(answered).toBeGreaterThan(runs * queriesPerRun);
});
