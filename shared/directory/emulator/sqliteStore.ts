import type { SQLInputValue } from 'node:sqlite';
import { checkpoints } from './checkpoints.ts';
import type { DeviceStore, StoredObject } from './deviceStore.ts';
import { groupCommit } from './groupCommit.ts';
import { openDatabase, type DatabaseOptions } from './openDatabase.ts';

export interface SqliteStoreOptions extends DatabaseOptions {
  /** Takes a line about something that is wrong but loses nothing. */
  warn(line: string): void;
}

/**
 * A store in one SQLite file; an answered write survives the end of the process, however it ends.
 * @throws UnusableDatabase
 */
export function sqliteStore(path: string, options: SqliteStoreOptions): DeviceStore {
  const database = openDatabase(path, options);
  const write = groupCommit(database);
  const stopCheckpoints = checkpoints(path, options.warn);

  const insertDevice = database.prepare(
    'INSERT INTO devices (id, deviceId, json) VALUES (?, ?, ?) ON CONFLICT (deviceId) DO NOTHING',
  );
  const insertObject = database.prepare('INSERT INTO directoryObjects (id, json) VALUES (?, ?)');
  const insertRegistration = database.prepare(
    'INSERT INTO registeredDevices (userId, objectId) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const insertOwner = database.prepare(
    'INSERT INTO registeredOwners (userId, objectId) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const selectDevice = database.prepare('SELECT id, json FROM devices WHERE id = ?');
  const selectByDeviceId = database.prepare('SELECT id, json FROM devices WHERE deviceId = ?');
  const selectObject = database.prepare('SELECT id, json FROM directoryObjects WHERE id = ?');
  const selectRegistered = database.prepare(
    'SELECT objectId FROM registeredDevices WHERE userId = ? ORDER BY position',
  );

  const find = (id: SQLInputValue): StoredObject | undefined =>
    toObject('microsoft.graph.device', selectDevice.get(id)) ??
    toObject('microsoft.graph.directoryObject', selectObject.get(id));

  return {
    addDevice: (id, deviceId, json) =>
      write(() => insertDevice.run(toBytes(id), toBytes(deviceId, second), json).changes === 1),
    addRegisteredObject: (userId, id, json) =>
      write(() => {
        insertObject.run(toBytes(id), json);
        insertRegistration.run(toBytes(userId), toBytes(id, second));
      }),
    register: (userId, id) => write(() => insertRegistration.run(toBytes(userId), toBytes(id, second)).changes === 1),
    addOwner: (userId, id) => write(() => insertOwner.run(toBytes(userId), toBytes(id, second)).changes === 1),
    find: (id) => Promise.resolve(find(toBytes(id))),
    findByDeviceId: (deviceId) =>
      Promise.resolve(toObject('microsoft.graph.device', selectByDeviceId.get(toBytes(deviceId)))),
    registered: (userId) =>
      Promise.resolve(
        selectRegistered
          .all(toBytes(userId))
          .map(({ objectId }) => find(objectId as Uint8Array))
          .filter((object) => object !== undefined),
      ),
    check: () => write(() => undefined),
    async close() {
      await new Promise((resolve) => setImmediate(resolve)); // The commit of this turn comes first.
      await stopCheckpoints();
      try {
        database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } catch (error) {
        options.warn(`The log of ${path} stays beside it until the next start: ${String(error)}`);
      }
      database.close();
    },
  };
}

const first = Buffer.alloc(16);
const second = Buffer.alloc(16);

/** The bytes of a GUID, in memory that the next call uses again: SQLite copies what it is given. */
function toBytes(guid: string, bytes = first): Buffer {
  bytes.write(guid.slice(0, 8) + guid.slice(9, 13) + guid.slice(14, 18) + guid.slice(19, 23) + guid.slice(24), 'hex');
  return bytes;
}

function toGuid(bytes: unknown): string {
  const hex = Buffer.from(bytes as Uint8Array).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const toObject = (type: StoredObject['type'], row: Record<string, unknown> | undefined): StoredObject | undefined =>
  row && { id: toGuid(row.id), type, json: row.json as string };
