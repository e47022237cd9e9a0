import type { DatabaseSync } from 'node:sqlite';
import { toStoreFailure } from './storeFailure.ts';

interface Waiting {
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Puts the writes of one turn of the event loop into one transaction; each promise resolves after its commit.
 *
 * A write that throws takes the whole transaction with it: every caller of that turn learns that nothing was kept.
 */
export function groupCommit(database: DatabaseSync): <T>(change: () => T) => Promise<T> {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const end = database.prepare('COMMIT');
  let waiting: Waiting[] = [];

  const settle = (how: (one: Waiting) => void): void => {
    const all = waiting;
    waiting = [];
    all.forEach(how);
  };
  const fail = (error: unknown): void => {
    if (database.isTransaction) database.exec('ROLLBACK');
    const failure = toStoreFailure(error);
    settle((one) => {
      one.reject(failure);
    });
  };
  const commit = (): void => {
    if (!database.isTransaction) return; // A failed write has ended it already.
    try {
      end.run();
    } catch (error) {
      fail(error);
      return;
    }
    settle((one) => {
      one.resolve();
    });
  };

  return (change) =>
    new Promise((resolve, reject) => {
      try {
        if (!database.isTransaction) {
          begin.run();
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
    });
}
