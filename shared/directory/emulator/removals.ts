import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** What removing objects takes, so that a place in a list is never given to another object. */
export interface Removals {
  /** Whether the newest device was removed, so that the next one must not take its place. */
  isLastRemoved(): boolean;
  /** Inserts a device behind all places that were ever taken; it costs more than letting SQLite choose the place. */
  insertAfter: StatementSync;
  /**
   * Removes an object with all its links; part of a transaction.
   * @returns false when it is not there
   */
  remove(id: Uint8Array): boolean;
}

export function removals(database: DatabaseSync): Removals {
  const removeDevice = database.prepare('DELETE FROM devices WHERE id = ? RETURNING rowid AS position');
  const removeObject = database.prepare('DELETE FROM directoryObjects WHERE id = ?');
  const links = ['registeredDevices', 'registeredOwners'].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE userId = ?1 OR objectId = ?1`),
  );
  const index = [
    database.prepare('DELETE FROM deviceIndex WHERE position = ?'),
    database.prepare('DELETE FROM deviceWords WHERE rowid = ?'),
    database.prepare('UPDATE lastRemovedDevice SET position = max(position, ?)'),
  ];
  const selectLast = database.prepare(
    'SELECT position >= ifnull((SELECT max(rowid) FROM devices), 0) AND position > 0 AS isRemoved FROM lastRemovedDevice',
  );
  const selectIsLastRemoved = (): boolean => selectLast.get()?.isRemoved === 1;
  let isLastRemoved = selectIsLastRemoved();

  return {
    isLastRemoved: () => isLastRemoved,
    insertAfter: database.prepare(
      `INSERT INTO devices (rowid, id, deviceId, json)
       SELECT 1 + max(position, ifnull((SELECT max(rowid) FROM devices), 0)), ?, ?, ? FROM lastRemovedDevice WHERE true
       ON CONFLICT (deviceId) DO NOTHING`,
    ),
    remove(id) {
      const [device] = removeDevice.all(id);
      if (device) {
        for (const statement of index) statement.run(Number(device.position));
        isLastRemoved ||= selectIsLastRemoved();
      } else if (removeObject.run(id).changes === 0) {
        return false;
      }
      for (const statement of links) statement.run(id);
      return true;
    },
  };
}
