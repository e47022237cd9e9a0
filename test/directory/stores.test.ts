import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryStore } from '../../shared/directory/emulator/memoryStore.ts';
import { sqliteStore } from '../../shared/directory/emulator/sqliteStore.ts';
import { describeStore } from './storePromises.ts';

const folder = mkdtempSync(join(tmpdir(), 'registrar-stores-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
let files = 0;
const fail = (line: string): void => {
  throw new Error(line);
};

describeStore('the memory store', memoryStore);
describeStore('the SQLite store', () =>
  sqliteStore(join(folder, `${++files}.db`), { synchronous: 'NORMAL', warn: fail }),
);
