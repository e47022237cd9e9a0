import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceStore, StoreQuery } from '../../shared/directory/emulator/deviceStore.ts';
import { memoryStore } from '../../shared/directory/emulator/memoryStore.ts';
import { sqliteStore } from '../../shared/directory/emulator/sqliteStore.ts';
import { plainDevice } from './queries.ts';

/** A directory in memory and the same one in SQLite. */
export interface BothStores {
  /**
   * Lists and counts in both.
   * @throws Error when they say different things, unless the page is to begin at a place that the list cannot have
   */
  ask(query: StoreQuery): Promise<void>;
  close(): Promise<void>;
}

const names = ["O'Neill", 'Hello-World', 'a', 'a b', null];
const fail = (line: string): void => {
  throw new Error(line);
};

/** Opens both stores with so many devices, every tenth of which has as many `physicalIds` as one may have. */
export async function openBothStores(count: number): Promise<BothStores> {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-fuzz-'));
  const sqlite = sqliteStore(join(folder, 'directory.db'), { synchronous: 'NORMAL', warn: fail });
  const memory = memoryStore();
  const adding: Promise<boolean>[] = [];
  for (let at = 0; at < count; at += 1) {
    const displayName = names[at % names.length] ?? null;
    const physicalIds = Array.from({ length: at % 10 === 9 ? 100 : 0 }, (_, id) => `[ZTDID]:${at}-${id}`);
    const { id, deviceId, json } = plainDevice({ displayName, accountEnabled: displayName === 'a', physicalIds });
    adding.push(...[memory, sqlite].map((store) => store.addDevice(id, deviceId, json)));
  }
  await Promise.all(adding);
  await sqlite.countDevices({ kind: 'empty', collection: 'physicalIds' }); // The index knows all of them then.

  const answerOf = async (store: DeviceStore, query: StoreQuery): Promise<object> => {
    const { objects, next } = await store.listDevices(query);
    return { ids: objects.map(({ id }) => id), next, count: await store.countDevices(query.filter, query.search) };
  };
  return {
    async ask(query) {
      const [one, other] = await Promise.all([answerOf(sqlite, query), answerOf(memory, query)]);
      const isForged = query.after !== undefined && query.after.key !== null; // No place in a list without $orderby.
      if (isForged || JSON.stringify(one) === JSON.stringify(other)) return;
      throw new Error(`The stores differ about ${JSON.stringify(query)}`);
    },
    async close() {
      await sqlite.close();
      rmSync(folder, { recursive: true });
    },
  };
}
