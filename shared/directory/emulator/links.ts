import type { DatabaseSync } from 'node:sqlite';
import type { Link } from './deviceStore.ts';

/** The statements about one kind of link between users and objects. */
export const linkStatements = (database: DatabaseSync, link: Link) => {
  const table = link === 'registered' ? 'registeredDevices' : 'registeredOwners';
  return {
    insert: database.prepare(`INSERT INTO ${table} (userId, objectId) VALUES (?, ?) ON CONFLICT DO NOTHING`),
    remove: database.prepare(`DELETE FROM ${table} WHERE userId = ? AND objectId = ?`),
    objects: database.prepare(`SELECT objectId, position FROM ${table} WHERE userId = ? ORDER BY position`),
    users: database.prepare(`SELECT userId, position FROM ${table} WHERE objectId = ? ORDER BY position`),
    any: database.prepare(`SELECT 1 FROM ${table} WHERE userId = ? LIMIT 1`),
  };
};
