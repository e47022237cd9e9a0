import { Worker } from 'node:worker_threads';

/**
 * Copies the write-ahead log into the file from a thread of its own, so that no caller waits for it.
 * @param warn is told when that fails; nothing is lost then, but the log grows until the next start
 * @returns ends the thread
 */
export function checkpoints(path: string, warn: (line: string) => void): () => Promise<void> {
  const file = import.meta.url.endsWith('.ts') ? './checkpointWorker.ts' : './checkpointWorker.js';
  const worker = new Worker(new URL(file, import.meta.url), { workerData: { path } });
  worker.unref();
  worker.on('error', (error) => {
    warn(`The log of ${path} is not being copied into it any more: ${String(error)}`);
  });
  return async () => {
    await worker.terminate();
  };
}
