import { existsSync, linkSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { applicationId, currentVersion, migrate, versionOf } from './sqliteSchema.ts';

/** A database file that cannot be used; the message is one line for the person who starts the app. */
export class UnusableDatabase extends Error {
  override readonly name = 'UnusableDatabase';
}

/** Files up to this many bytes are checked whole at start (a tenth of a second); larger ones where pages are read. */
const maxCheckedBytes = 32 * 1024 * 1024;

/** Milliseconds to wait at start while somebody else holds the file. */
const startTimeoutMs = 5000;
/** The same for a write later on; all other callers wait with it. */
const writeTimeoutMs = 1000;

export interface DatabaseOptions {
  /** NORMAL survives a killed process, FULL a power failure as well. */
  synchronous: 'NORMAL' | 'FULL';
}

/**
 * Opens the database file, making or migrating it where needed.
 * @throws UnusableDatabase when it is damaged, locked, newer than this version, or not ours
 */
export function openDatabase(path: string, { synchronous }: DatabaseOptions): DatabaseSync {
  try {
    if (!existsSync(path)) createDatabase(path);
    if (statSync(path).size === 0) throw new UnusableDatabase('it is empty, so what it held is lost');
    const database = new DatabaseSync(path, { timeout: startTimeoutMs });
    try {
      check(database, path);
      database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; PRAGMA wal_autocheckpoint = 0`);
      if (versionOf(database) < currentVersion) migrate(database);
      database.exec(`BEGIN IMMEDIATE; ROLLBACK; PRAGMA busy_timeout = ${writeTimeoutMs}`); // Can it be written at all?
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    throw new UnusableDatabase(`The database ${path} cannot be used: ${reason(error)}.`, { cause: error });
  }
}

/**
 * Makes the file under another name first, so that a file of the right name is always a whole one; of several processes
 * that start at once the first one's stays.
 */
function createDatabase(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}.new`;
  rmSync(unfinished, { force: true });
  const database = new DatabaseSync(unfinished);
  migrate(database);
  database.close();
  try {
    linkSync(unfinished, path);
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
    if (!isThere) renameSync(unfinished, path); // A file system without links.
  }
  rmSync(unfinished, { force: true });
}

function check(database: DatabaseSync, path: string): void {
  const application = database.prepare('PRAGMA application_id').get()?.application_id;
  if (application !== applicationId) throw new UnusableDatabase('it was not made by Device Registrar');
  const version = versionOf(database);
  if (version > currentVersion) {
    throw new UnusableDatabase(
      `it has version ${version}, and this release reads up to ${currentVersion}; start the newer release again`,
    );
  }
  if (statSync(path).size > maxCheckedBytes) return;
  const [finding] = database.prepare('PRAGMA quick_check(1)').all();
  const text = String(finding?.quick_check);
  if (text !== 'ok')
    throw new UnusableDatabase(`it is damaged (${text.replaceAll('\n', ' ')}); restore it from a copy`);
}

/** SQLite's result codes, in words. */
function reason(error: unknown): string {
  if (error instanceof UnusableDatabase) return error.message;
  const { errcode, message } = error as { errcode?: number; message: string };
  switch ((errcode ?? 0) & 0xff) {
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
      return 'another process has locked it; stop that one, or choose another DATA_DIR';
    case 8: // SQLITE_READONLY
      return 'it is read-only; give this process the right to write it';
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
      return `it is damaged (${message}); restore it from a copy`;
    default:
      return message;
  }
}
