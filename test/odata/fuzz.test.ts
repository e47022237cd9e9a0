import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryStore } from '../../shared/directory/emulator/memoryStore.ts';
import { sqliteStore } from '../../shared/directory/emulator/sqliteStore.ts';
import { fuzzQueries } from '../support/fuzzQueries.ts';
import { plainDevice } from '../support/queries.ts';

const fail = (line: string): void => {
  throw new Error(line);
};

test('10,000 mutated filters and searches are refused with 400 and the option at fault, or read and answered', async () => {
  const { read, refused } = fuzzQueries(10_000);
  expect(read.length).toBeGreaterThan(1000);
  expect(refused).toBeGreaterThan(1000);

  const folder = mkdtempSync(join(tmpdir(), 'registrar-fuzz-'));
  const sqlite = sqliteStore(join(folder, 'directory.db'), { synchronous: 'NORMAL', warn: fail });
  const memory = memoryStore();
  for (const displayName of ["O'Neill", 'Hello-World', 'a', 'a b', null]) {
    const { id, deviceId, json } = plainDevice({ displayName, accountEnabled: displayName === 'a' });
    for (const store of [memory, sqlite]) await store.addDevice(id, deviceId, json);
  }
  for (const query of read.slice(0, 1000)) {
    const [one, other] = await Promise.all([sqlite.listDevices(query), memory.listDevices(query)]);
    expect(one.objects.map(({ id }) => id)).toEqual(other.objects.map(({ id }) => id));
  }
  await sqlite.close();
  rmSync(folder, { recursive: true });
});
