import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newObjectId } from '../../shared/contract/guid.ts';
import { emulatedDirectory } from '../../shared/directory/emulator/emulatedDirectory.ts';
import { memoryStore } from '../../shared/directory/emulator/memoryStore.ts';
import { sqliteStore } from '../../shared/directory/emulator/sqliteStore.ts';
import type { DeviceStore } from '../../shared/directory/emulator/deviceStore.ts';
import type { Directory } from '../../shared/directory/port.ts';
import { describeDirectory } from './promises.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const emulated = (store: DeviceStore): Promise<Directory> =>
  Promise.resolve(emulatedDirectory({ store, now: () => new Date(), newId: () => newObjectId(Date.now()) }));

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-store-'));
  folders.push(folder);
  return join(folder, 'directory.db');
}

const fail = (line: string): void => {
  throw new Error(line);
};

describeDirectory('the emulator on the memory store', () => emulated(memoryStore()));
describeDirectory('the emulator on the SQLite store', () =>
  emulated(sqliteStore(newFile(), { synchronous: 'NORMAL', warn: fail })),
);
