import { DatabaseSync } from 'node:sqlite';
import { toGuid } from '../shared/directory/emulator/guidBytes.ts';

/** Counts the devices in a database that nobody has open; SQLite first recovers what its log holds. */
export const countDevices = (path: string): number =>
  asked(path, (database) => Number(database.prepare('SELECT count(*) AS devices FROM devices').get()?.devices));

/** Object ids of so many devices, chosen at random, in a database that nobody has open. */
export const someIds = (path: string, count: number): string[] =>
  asked(path, (database) =>
    database
      .prepare('SELECT id FROM devices ORDER BY random() LIMIT ?')
      .all(count)
      .map(({ id }) => toGuid(id)),
  );

function asked<T>(path: string, ask: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path);
  try {
    return ask(database);
  } finally {
    database.close();
  }
}
