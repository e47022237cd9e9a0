import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { DeviceStore } from '../../shared/directory/emulator/deviceStore.ts';
import { sqliteStore } from '../../shared/directory/emulator/sqliteStore.ts';
import { applicationId, migrations } from '../../shared/directory/emulator/sqliteSchema.ts';
import { plainDevice } from '../support/queries.ts';
import { addDevice, storeQuery } from './storePromises.ts';

let folder: string;
let path: string;
let store: DeviceStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'registrar-index-'));
  path = join(folder, 'directory.db');
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const open = (): DeviceStore =>
  sqliteStore(path, {
    synchronous: 'NORMAL',
    warn: (line) => {
      throw new Error(line);
    },
  });

/** Runs something on the file while no store has it open. */
function change(work: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(path);
  work(database);
  database.close();
}

const count = ($filter: string): Promise<number> => store.countDevices(storeQuery({ $filter }).filter);

test('the devices of an older version are found by queries', async () => {
  const bytes = (guid: string): Buffer => Buffer.from(guid.replaceAll('-', ''), 'hex');
  change((old) => {
    for (const step of migrations.slice(0, 3)) old.exec(step);
    old.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = 3`);
    old.exec('BEGIN');
    const insert = old.prepare('INSERT INTO devices VALUES (?, ?, ?)');
    for (let number = 0; number < 300; number += 1) {
      const { id, deviceId, json } = plainDevice({
        displayName: `old ${number}`,
        operatingSystem: number % 2 ? 'linux' : 'iOS',
      });
      insert.run(bytes(id), bytes(deviceId), json);
      old.prepare('INSERT INTO registeredDevices (userId, objectId) VALUES (?, ?)').run(bytes(deviceId), bytes(id));
    }
    old.exec('COMMIT');
  });
  store = open();
  expect(await count("operatingSystem eq 'LINUX'")).toBe(150);
  const { objects } = await store.listDevices(storeQuery({ $search: '"displayName:old 299"' }));
  expect(objects).toHaveLength(1);
  const { deviceId } = JSON.parse(objects[0]?.json ?? '') as { deviceId: string };
  expect((await store.linkedObjects('registered', deviceId)).map(({ position }) => position)).toEqual([300]);
});

test('an index of another form is made anew', async () => {
  store = open();
  await addDevice(store, { displayName: 'a', operatingSystem: 'linux' });
  expect(await count("operatingSystem eq 'linux'")).toBe(1);
  await store.close();
  change((database) => {
    database.exec(
      "UPDATE deviceIndex SET operatingSystem = 'OLD', words = ''; UPDATE deviceIndexForm SET form = 'older'",
    );
  });
  store = open();
  expect(await count("operatingSystem eq 'linux'")).toBe(1);
  expect(
    (await store.listDevices(storeQuery({ $search: 'NOT "displayName:b" AND "displayName:a"' }))).objects,
  ).toHaveLength(1);
});

test('after a restart the place of the last removed device stays empty, too', async () => {
  store = open();
  const ids = [await addDevice(store, { displayName: 'a' }), await addDevice(store, { displayName: 'b' })];
  const [, last] = (await store.listDevices(storeQuery())).objects;
  await store.removeObject(String(ids[1]));
  await store.close();
  store = open();
  await addDevice(store, { displayName: 'c' });
  const [, newest] = (await store.listDevices(storeQuery())).objects;
  expect(newest?.position).toBeGreaterThan(last?.position ?? Infinity);
});

test('others have their turn while an index is made and while many devices are looked at', async () => {
  store = open();
  const adding = Array.from({ length: 4000 }, (_, number) => {
    const { id, deviceId, json } = plainDevice({
      displayName: `device ${number}`,
      extensionAttributes: { extensionAttribute1: String(number) },
      physicalIds: [`[ID]:${number}`],
    });
    return store.addDevice(id, deviceId, json);
  });
  await Promise.all(adding);

  let turns = 0;
  let isOver = false;
  const takeTurns = (): void => {
    turns += 1;
    if (!isOver) setImmediate(takeTurns);
  };
  setImmediate(takeTurns);
  expect(await count("not startsWith(displayName,'device')")).toBe(0);
  const whileIndexing = turns;
  expect(whileIndexing).toBeGreaterThan(5);
  expect(await count("physicalIds/any(p:p eq '[id]:3999')")).toBe(1);
  isOver = true;
});

test('a change that cannot be kept leaves the index as it was', async () => {
  store = open();
  const id = await addDevice(store, { displayName: 'a' });
  expect(await count("displayName eq 'a'")).toBe(1);
  await expect(store.updateDevice(id, () => 'no JSON')).rejects.toThrow(SyntaxError);
  expect(await count("displayName eq 'a'")).toBe(1);
  expect((await store.find(id))?.json).toContain('"a"');
});
