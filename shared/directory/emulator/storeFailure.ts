import { GraphError } from '../../contract/errors.ts';

/** SQLite's result codes for a file that cannot be written right now: busy, locked, read-only, I/O error, full, cannot open. */
const unavailable = new Set([5, 6, 8, 10, 13, 14]);

/** What the caller is told of a write that failed: that it may work later, where it may. */
export const toStoreFailure = (error: unknown): unknown =>
  unavailable.has(((error as { errcode?: number }).errcode ?? 0) & 0xff)
    ? new GraphError('serviceNotAvailable', 'The directory cannot be written right now. Nothing was changed.', {
        headers: { 'Retry-After': '1' },
        cause: error,
      })
    : error;
