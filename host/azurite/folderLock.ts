import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds between two tries. */
const retryMs = 50;

/**
 * Does something while no other process does anything under the lock of the same folder.
 * The lock is one of SQLite, which the operating system takes back from a process that ends, however it ends.
 */
export async function underLock<T>(folder: string, action: () => Promise<T>): Promise<T> {
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(join(folder, 'lock.db'), { timeout: 0 });
  try {
    while (!tryTo(() => database.exec('BEGIN EXCLUSIVE'))) await wait(retryMs);
    return await action();
  } finally {
    database.close();
  }
}

/** @returns false when another process has the lock */
function tryTo(lock: () => void): boolean {
  try {
    lock();
    return true;
  } catch (error) {
    if ((error as { errcode?: number }).errcode !== busy) throw error;
    return false;
  }
}

/** Source: https://www.sqlite.org/rescode.html#busy */
const busy = 5;
