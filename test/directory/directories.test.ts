import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newObjectId } from '../../shared/contract/guid.ts';
import { emulatedDirectory } from '../../shared/directory/emulator/emulatedDirectory.ts';
import { memoryStore } from '../../shared/directory/emulator/memoryStore.ts';
import { usersIn } from '../../shared/directory/emulator/usersFile.ts';
import type { KnownUser } from '../../shared/directory/emulator/users.ts';
import { sqliteStore } from '../../shared/directory/emulator/sqliteStore.ts';
import type { DeviceStore } from '../../shared/directory/emulator/deviceStore.ts';
import type { Directory } from '../../shared/directory/port.ts';
import { linuxBox } from '../support/devices.ts';
import { describeDirectory } from './promises.ts';
import { describeUsers, usersFile } from './usersPromises.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const emulated = (store: DeviceStore, users?: readonly KnownUser[]): Promise<Directory> =>
  Promise.resolve(emulatedDirectory({ store, now: () => new Date(), newId: () => newObjectId(Date.now()), users }));

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-store-'));
  folders.push(folder);
  return join(folder, 'directory.db');
}

const fail = (line: string): void => {
  throw new Error(line);
};

const newSqliteStore = (): DeviceStore => sqliteStore(newFile(), { synchronous: 'NORMAL', warn: fail });

describeDirectory('the emulator on the memory store', () => emulated(memoryStore()));
describeDirectory('the emulator on the SQLite store', () => emulated(newSqliteStore()));

describeUsers('the emulator on the memory store', () => emulated(memoryStore(), usersIn(usersFile)));
describeUsers('the emulator on the SQLite store', () => emulated(newSqliteStore(), usersIn(usersFile)));

test('a user who was taken out of the file is found by nobody, and shown with the id alone where a device is linked to them', async () => {
  const store = memoryStore();
  const [adele, grady] = usersIn(usersFile);
  const device = await (await emulated(store, usersIn(usersFile))).createDevice(linuxBox());
  await (await emulated(store, usersIn(usersFile))).addRegisteredDevice(String(grady?.id), { id: device.id });

  const later = await emulated(store, adele && [adele]);
  await expect(later.getUser(String(grady?.id))).rejects.toMatchObject({ code: 'Request_ResourceNotFound' });
  const { value } = await later.list(
    { relation: 'registeredUsers', device: { id: device.id } },
    { text: '', eventual: false },
  );
  expect(value.map(({ json }) => json.parse())).toMatchObject([
    { id: grady?.id, displayName: null, userPrincipalName: null },
  ]);
});
