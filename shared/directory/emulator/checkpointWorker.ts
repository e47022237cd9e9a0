import { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';

/** Milliseconds between two copies. A page that many commits have changed is copied once: a longer time saves work. */
const intervalMs = 1000;
/** A log of this many pages (16 MB) is begun anew once it has been copied, lest it grow without end. */
const restartAbovePages = 4000;

const { path } = workerData as { path: string };
const database = new DatabaseSync(path, { timeout: 0 });
database.exec('PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0');
const passive = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');
const restart = database.prepare('PRAGMA wal_checkpoint(RESTART)');

setInterval(() => {
  const { log, checkpointed } = passive.get() as { log: number; checkpointed: number };
  if (log > restartAbovePages && log === checkpointed) restart.get();
}, intervalMs);
