import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

/** Milliseconds between two copies. A page that many commits have changed is copied once: a longer time saves work. */
const intervalMs = 500;
/** A log of this many pages (64 MB) is copied to its end and begun anew, lest it grow. */
const restartAbovePages = 16_000;

const { path } = workerData as { path: string };
const database = new DatabaseSync(path, { timeout: 100 });
database.exec('PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0');
const passive = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');
const restart = database.prepare('PRAGMA wal_checkpoint(RESTART)');

parentPort?.on('message', () => {
  passive.get();
  parentPort?.postMessage('copied');
});

setInterval(() => {
  const { log } = passive.get() as { log: number };
  if (log <= restartAbovePages) return;
  passive.get(); // What came meanwhile: writes wait for what is left after that.
  restart.get();
}, intervalMs);
