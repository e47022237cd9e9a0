import type { SQLInputValue } from 'node:sqlite';
import { checkpoints } from './checkpoints.ts';
import type { DeviceStore, StoredObject } from './deviceStore.ts';
import { groupCommit } from './groupCommit.ts';
import { toBytes, toGuid } from './guidBytes.ts';
import { linkStatements } from './links.ts';
import { openDatabase, type DatabaseOptions } from './openDatabase.ts';
import type { DeviceQueries } from './queries/deviceQueries.ts';
import { removals } from './removals.ts';

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
  const { write, read } = groupCommit(database);
  const log = checkpoints(path, options.warn);

  const insertDevice = database.prepare(
    'INSERT INTO devices (id, deviceId, json) VALUES (?, ?, ?) ON CONFLICT (deviceId) DO NOTHING',
  );
  const insertObject = database.prepare('INSERT INTO directoryObjects (id, json) VALUES (?, ?)');
  const links = { registered: linkStatements(database, 'registered'), owned: linkStatements(database, 'owned') };
  const insertName = database.prepare(
    'INSERT INTO userNames (id, userPrincipalName) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const selectName = database.prepare('SELECT userPrincipalName FROM userNames WHERE id = ?');
  const selectDevice = database.prepare('SELECT json FROM devices WHERE id = ?');
  const selectByDeviceId = database.prepare('SELECT id, json FROM devices WHERE deviceId = ?');
  const selectObject = database.prepare('SELECT json FROM directoryObjects WHERE id = ?');
  const update = database.prepare('UPDATE devices SET json = ? WHERE id = ? RETURNING rowid AS position');
  const removed = removals(database);
  let queries: Promise<DeviceQueries> | undefined;
  /** What queries take is loaded when the first one comes. */
  const load = (): Promise<DeviceQueries> =>
    (queries ??= import('./queries/deviceQueries.ts').then((room) => room.deviceQueries(database, write, log.copy)));

  /** @param id the GUID that the bytes stand for; to read it from the row as well would cost a buffer */
  const find = (bytes: SQLInputValue, id: string): StoredObject | undefined =>
    toObject('microsoft.graph.device', id, selectDevice.get(bytes)) ??
    toObject('microsoft.graph.directoryObject', id, selectObject.get(bytes));

  return {
    addDevice: (id, deviceId, json) =>
      write(() => {
        const insert = removed.isLastRemoved() ? removed.insertAfter : insertDevice;
        return insert.run(toBytes(id, first), toBytes(deviceId, second), json).changes === 1;
      }),
    addRegisteredObject: (userId, id, json) =>
      write(() => {
        insertObject.run(toBytes(id, first), json);
        links.registered.insert.run(toBytes(userId, first), toBytes(id, second));
      }),
    addLink: (link, userId, id) =>
      write(() => links[link].insert.run(toBytes(userId, first), toBytes(id, second)).changes === 1),
    removeLink: (link, userId, id) =>
      write(() => links[link].remove.run(toBytes(userId, first), toBytes(id, second)).changes === 1),
    linkedObjects: (link, userId) =>
      Promise.resolve(
        read(() =>
          links[link].objects.all(toBytes(userId, first)).flatMap(({ objectId, position }) => {
            const object = find(objectId as Uint8Array, toGuid(objectId));
            return object ? [{ ...object, position: Number(position) }] : [];
          }),
        ),
      ),
    linkedUsers: (link, id) =>
      Promise.resolve(
        links[link].users
          .all(toBytes(id, first))
          .map(({ userId, position }) => ({ id: toGuid(userId), position: Number(position) })),
      ),
    rememberUser: (id, name) => write(() => void insertName.run(toBytes(id, first), name)),
    userName: (id) => Promise.resolve(selectName.get(toBytes(id, first))?.userPrincipalName as string | undefined),
    hasUser(id) {
      const bytes = toBytes(id, first);
      const isThere = selectName.get(bytes) ?? links.registered.any.get(bytes) ?? links.owned.any.get(bytes);
      return Promise.resolve(isThere !== undefined);
    },
    find: (id) => Promise.resolve(read(() => find(toBytes(id, first), id))),
    findByDeviceId(deviceId) {
      const row = read(() => selectByDeviceId.get(toBytes(deviceId, first)));
      return Promise.resolve(row && toObject('microsoft.graph.device', toGuid(row.id), row));
    },
    listDevices: async (query) => (await load()).list(query),
    countDevices: async (filter, search) =>
      (await load()).count({ ...(filter && { filter }), ...(search && { search }) }),
    async updateDevice(id, change) {
      const { replace } = await load();
      return write(() => {
        const kept = selectDevice.get(toBytes(id, first));
        if (!kept) return false;
        const json = change(kept.json as string);
        const row = update.get(json, toBytes(id, first));
        replace(Number(row?.position), id, json);
        return true;
      });
    },
    removeObject: (id) => write(() => removed.remove(toBytes(id, first))),
    check: () => write(() => undefined),
    async close() {
      await new Promise((resolve) => setImmediate(resolve)); // The commit of this turn comes first.
      await log.stop();
      try {
        database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } catch (error) {
        options.warn(`The log of ${path} stays beside it until the next start: ${String(error)}`);
      }
      database.close();
    },
  };
}

/** Memory that each call uses again. */
const first = Buffer.alloc(16);
const second = Buffer.alloc(16);

const toObject = (
  type: StoredObject['type'],
  id: string,
  row: Record<string, unknown> | undefined,
): StoredObject | undefined => row && { id, type, json: row.json as string };
