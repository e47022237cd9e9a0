import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { newObjectId } from '../../shared/contract/guid.ts';
import type { DeviceStore } from '../../shared/directory/emulator/deviceStore.ts';
import { sqliteStore } from '../../shared/directory/emulator/sqliteStore.ts';
import { applicationId, currentVersion, migrations } from '../../shared/directory/emulator/sqliteSchema.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'registrar-file-'));
  path = join(folder, 'directory.db');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const open = (): DeviceStore =>
  sqliteStore(path, {
    synchronous: 'NORMAL',
    warn: (line) => {
      throw new Error(line);
    },
  });

async function addDevices(store: DeviceStore, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newObjectId(Date.now()));
  await Promise.all(ids.map((id) => store.addDevice(id, id, JSON.stringify({ id, padding: 'x'.repeat(500) }))));
  return ids;
}

test('what was written is there after a restart', async () => {
  const store = open();
  const [id = ''] = await addDevices(store, 1);
  await store.addLink('registered', id, id);
  await store.addLink('owned', id, id);
  await store.close();
  const again = open();
  expect((await again.find(id))?.json).toContain(id);
  expect(await again.linkedObjects('registered', id)).toHaveLength(1);
  expect(await again.addLink('owned', id, id)).toBe(false);
  await again.close();
});

test('a file of an older version is migrated, and keeps what it held', async () => {
  const old = new DatabaseSync(path);
  old.exec(String(migrations[0]));
  old.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = 1`);
  const id = newObjectId(Date.now());
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  old.prepare('INSERT INTO devices VALUES (?, ?, ?)').run(bytes, bytes, JSON.stringify({ id }));
  old.close();

  const store = open();
  expect(await store.find(id)).toEqual({ id, type: 'microsoft.graph.device', json: JSON.stringify({ id }) });
  expect(await store.addLink('registered', id, id)).toBe(true);
  expect(await store.addLink('owned', id, id)).toBe(true);
  await store.close();
  const migrated = new DatabaseSync(path);
  expect(migrated.prepare('PRAGMA user_version').get()).toEqual({ user_version: currentVersion });
  migrated.close();
});

test('a file of a newer version is refused, and the message says what to do', async () => {
  await open().close();
  const newer = new DatabaseSync(path);
  newer.exec(`PRAGMA user_version = ${currentVersion + 1}`);
  newer.close();
  expect(open).toThrow(
    `The database ${path} cannot be used: it has version ${currentVersion + 1}, and this release reads up to ${currentVersion}; start the newer release again.`,
  );
});

test('a database of somebody else is refused and stays as it is', () => {
  const other = new DatabaseSync(path);
  other.exec('CREATE TABLE notes (text TEXT)');
  other.close();
  const before = readFileSync(path);
  expect(open).toThrow('it was not made by Device Registrar');
  expect(readFileSync(path)).toEqual(before);
});

test('a locked file is one clear line', async () => {
  await open().close();
  const holder = new DatabaseSync(path);
  holder.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  expect(open).toThrow(
    /^The database \S+ cannot be used: another process has locked it; stop that one, or choose another DATA_DIR\.$/,
  );
  holder.close();
});

describe('a damaged file is refused with one line, never emptied', () => {
  const damages: [string, (path: string) => void][] = [
    [
      'overwritten with text',
      (file) => {
        writeFileSync(file, 'this is not a database, it never was one\n'.repeat(40));
      },
    ],
    [
      'cut in half',
      (file) => {
        truncateSync(file, Math.floor(readFileSync(file).length / 2 / 4096) * 4096 + 100);
      },
    ],
    [
      'emptied',
      (file) => {
        truncateSync(file, 0);
      },
    ],
    [
      'with garbage in the middle',
      (file) => {
        const bytes = readFileSync(file);
        bytes.fill(0xa5, 8192, Math.min(bytes.length, 200_000));
        writeFileSync(file, bytes);
      },
    ],
  ];
  test.each(damages)('%s', async (_how, damage) => {
    const store = open();
    await addDevices(store, 500);
    await store.close();
    damage(path);
    const before = readFileSync(path);
    expect(open).toThrow(/^The database \S+ cannot be used: it is (damaged|empty)[^\n]*\.$/);
    expect(readFileSync(path)).toEqual(before);
  });
});

test('a write that fails takes its turn along and says so; the next one is kept', async () => {
  const store = open();
  const [id = ''] = await addDevices(store, 1);
  const neighbour = newObjectId(1);
  const [first, second] = await Promise.allSettled([
    store.addDevice(neighbour, neighbour, '{}'),
    store.addDevice(id, newObjectId(2), '{}'),
  ]);
  expect([first.status, second.status]).toEqual(['rejected', 'rejected']);
  expect(await store.find(neighbour)).toBeUndefined();
  expect(await store.addDevice(neighbour, neighbour, '{}')).toBe(true);
  await store.close();
});

test('a file that another process locks while the store works is a 503, and the next write is kept', async () => {
  const store = open();
  await addDevices(store, 1);
  const holder = new DatabaseSync(path);
  holder.exec('BEGIN IMMEDIATE');
  const id = newObjectId(1);
  await expect(store.addDevice(id, id, '{}')).rejects.toMatchObject({ code: 'serviceNotAvailable', status: 503 });
  await expect(store.check()).rejects.toMatchObject({ code: 'serviceNotAvailable' });
  holder.exec('ROLLBACK');
  holder.close();
  expect(await store.addDevice(id, id, '{}')).toBe(true);
  await store.check();
  await store.close();
});

test('a store that cannot copy its log at the end closes all the same, and says so', async () => {
  const warnings: string[] = [];
  const store = sqliteStore(path, { synchronous: 'NORMAL', warn: (line) => warnings.push(line) });
  const [id = ''] = await addDevices(store, 1);
  const holder = new DatabaseSync(path);
  holder.exec('BEGIN; SELECT * FROM devices');
  holder.prepare('SELECT count(*) FROM devices').get();
  await store.close();
  holder.close();
  expect(warnings.every((line) => line.includes('stays beside it'))).toBe(true);
  const again = open();
  expect(await again.find(id)).toBeDefined();
  await again.close();
});

test('the log is copied into the file while the store works', async () => {
  const store = open();
  await addDevices(store, 1);
  const size = (): number => readFileSync(path).length;
  const before = size();
  await addDevices(store, 2000);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(size()).toBeGreaterThan(before);
  await store.close();
});
