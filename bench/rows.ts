import { DatabaseSync } from 'node:sqlite';

/** Counts the devices in a database that nobody has open; SQLite first recovers what its log holds. */
export function countDevices(path: string): number {
  const database = new DatabaseSync(path);
  try {
    return Number(database.prepare('SELECT count(*) AS devices FROM devices').get()?.devices);
  } finally {
    database.close();
  }
}
