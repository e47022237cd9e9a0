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
  // Places in lists are never given twice, lest a page skips an object. The links are few, so they are copied; of devices
  // only the place of the last one that was removed is kept.
  `CREATE TABLE newRegistered (
     position INTEGER PRIMARY KEY AUTOINCREMENT,
     userId BLOB NOT NULL,
     objectId BLOB NOT NULL,
     UNIQUE (userId, objectId)
   );
   INSERT INTO newRegistered SELECT position, userId, objectId FROM registeredDevices ORDER BY position;
   DROP TABLE registeredDevices;
   ALTER TABLE newRegistered RENAME TO registeredDevices;
   CREATE INDEX registeredDevicesByObject ON registeredDevices (objectId);
   CREATE TABLE newOwners (
     position INTEGER PRIMARY KEY AUTOINCREMENT,
     userId BLOB NOT NULL,
     objectId BLOB NOT NULL,
     UNIQUE (userId, objectId)
   );
   INSERT INTO newOwners SELECT position, userId, objectId FROM registeredOwners ORDER BY position;
   DROP TABLE registeredOwners;
   ALTER TABLE newOwners RENAME TO registeredOwners;
   CREATE INDEX registeredOwnersByObject ON registeredOwners (objectId);
   CREATE TABLE lastRemovedDevice (position INTEGER NOT NULL);
   INSERT INTO lastRemovedDevice VALUES (0);`,
  // What queries look into. It follows the devices when a query comes (queries/deviceIndex.ts): a create does not pay for it.
  `CREATE TABLE deviceIndex (
     position INTEGER PRIMARY KEY,
     id TEXT,
     deviceId TEXT,
     displayName TEXT,
     operatingSystem TEXT,
     operatingSystemVersion TEXT,
     trustType TEXT,
     approximateLastSignInDateTime TEXT,
     createdDateTime TEXT,
     deletedDateTime TEXT,
     accountEnabled INTEGER,
     isManaged INTEGER,
     isCompliant INTEGER,
     others TEXT NOT NULL,
     words TEXT NOT NULL
   );
   CREATE INDEX deviceIndexBy_displayName ON deviceIndex (displayName);
   CREATE INDEX deviceIndexBy_operatingSystem ON deviceIndex (operatingSystem);
   CREATE INDEX deviceIndexBy_operatingSystemVersion ON deviceIndex (operatingSystemVersion);
   CREATE INDEX deviceIndexBy_trustType ON deviceIndex (trustType);
   CREATE INDEX deviceIndexBy_approximateLastSignInDateTime ON deviceIndex (approximateLastSignInDateTime);
   CREATE INDEX deviceIndexBy_createdDateTime ON deviceIndex (createdDateTime);
   CREATE INDEX deviceIndexBy_deletedDateTime ON deviceIndex (deletedDateTime);
   CREATE INDEX deviceIndexBy_accountEnabled ON deviceIndex (accountEnabled);
   CREATE INDEX deviceIndexBy_isManaged ON deviceIndex (isManaged);
   CREATE INDEX deviceIndexBy_isCompliant ON deviceIndex (isCompliant);
   CREATE VIRTUAL TABLE deviceWords USING fts5(
     words, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3 4 6 8 12', tokenize = 'ascii'
   );
   CREATE TABLE deviceIndexForm (form TEXT NOT NULL);
   INSERT INTO deviceIndexForm VALUES ('');`,
  // Of a user who was mentioned by name the id derives from the name, and not the other way round.
  `CREATE TABLE userNames (
     id BLOB NOT NULL UNIQUE,
     userPrincipalName TEXT NOT NULL
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
