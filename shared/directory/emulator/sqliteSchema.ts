import type { DatabaseSync } from 'node:sqlite';

/** Marks a file as ours ("DReg"); SQLite keeps it in the file's header. */
export const applicationId = 0x44526567;

/**
 * Each step leads from one version of the file to the next; its place in the list is the version it starts from.
 * Steps are never changed, only added.
 */
export const migrations: readonly string[] = [
  // Ids are 16 bytes. Plain rowid tables: rows are appended, and only the two small indexes are searched.
  `CREATE TABLE devices (
     id BLOB NOT NULL UNIQUE,
     deviceId BLOB NOT NULL UNIQUE,
     json TEXT NOT NULL
   );`,
  `CREATE TABLE directoryObjects (
     id BLOB NOT NULL UNIQUE,
     json TEXT NOT NULL
   );
   CREATE TABLE registeredDevices (
     position INTEGER PRIMARY KEY,
     userId BLOB NOT NULL,
     objectId BLOB NOT NULL,
     UNIQUE (userId, objectId)
   );`,
  `CREATE TABLE registeredOwners (
     position INTEGER PRIMARY KEY,
     userId BLOB NOT NULL,
     objectId BLOB NOT NULL,
     UNIQUE (userId, objectId)
   );`,
];

export const currentVersion = migrations.length;

/** The version of an open file; 0 is a new one. */
export const versionOf = (database: DatabaseSync): number =>
  Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);

/** Brings an open file to the current version, step by step, all or nothing. */
export function migrate(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const step of migrations.slice(versionOf(database))) database.exec(step);
    database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${currentVersion}; COMMIT`);
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
