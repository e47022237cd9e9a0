import type { DatabaseSync } from 'node:sqlite';
import { toStoreFailure } from './storeFailure.ts';

interface Waiting {
  resolve(): void;
  reject(error: unknown): void;
}

/** What is done in one turn of the event loop, together. */
export interface GroupedWork {
  /**
   * Puts the writes of a turn into one transaction; each promise resolves after its commit.
   *
   * A write that throws takes the whole transaction with it: every caller of that turn learns that nothing was kept.
   */
  write<T>(change: () => T): Promise<T>;
  /** Looks things up; those of a turn see the same state, and what was written in it. To take and leave the locks for each costs as much again. */
  read<T>(look: () => T): T;
}

export function groupCommit(database: DatabaseSync): GroupedWork {
  const beginRead = database.prepare('BEGIN');
  const beginWrite = database.prepare('BEGIN IMMEDIATE');
  const end = database.prepare('COMMIT');
  let waiting: Waiting[] = [];
  let isWriting = false;

  const settle = (how: (one: Waiting) => void): void => {
    const all = waiting;
    waiting = [];
    all.forEach(how);
  };
  const fail = (error: unknown): void => {
    isWriting = false;
    if (database.isTransaction) database.exec('ROLLBACK');
    const failure = toStoreFailure(error);
    settle((one) => {
      one.reject(failure);
    });
  };
  const commit = (): void => {
    if (!isWriting) return; // A failed write has ended it already.
    try {
      end.run();
      isWriting = false;
    } catch (error) {
      fail(error);
      return;
    }
    settle((one) => {
      one.resolve();
    });
  };
  const endRead = (): void => {
    if (!isWriting && database.isTransaction) end.run();
  };

  return {
    write: (change) =>
      new Promise((resolve, reject) => {
        try {
          if (!isWriting) {
            endRead();
            beginWrite.run();
            isWriting = true;
            setImmediate(commit);
          }
          const result = change();
          waiting.push({
            resolve: () => {
              resolve(result);
            },
            reject,
          });
        } catch (error) {
          waiting.push({ resolve: () => undefined, reject });
          fail(error);
        }
      }),
    read(look) {
      if (!database.isTransaction) {
        beginRead.run();
        setImmediate(endRead);
      }
      return look();
    },
  };
}
