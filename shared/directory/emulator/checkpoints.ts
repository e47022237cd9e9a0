import { Worker } from 'node:worker_threads';

/** Copies the write-ahead log into the file from a thread of its own, so that no caller waits for it. */
export interface Checkpoints {
  /** Copies it now: whoever writes much lets it catch up, lest the log grows faster than it is copied. */
  copy(): Promise<void>;
  /** Ends the thread. */
  stop(): Promise<void>;
}

/** @param warn is told when copying fails; nothing is lost then, but the log grows until the next start */
export function checkpoints(path: string, warn: (line: string) => void): Checkpoints {
  const file = import.meta.url.endsWith('.ts') ? './checkpointWorker.ts' : './checkpointWorker.js';
  const worker = new Worker(new URL(file, import.meta.url), { workerData: { path } });
  let isOver = false;
  let waiting: (() => void)[] = [];
  const goOn = (): void => {
    const all = waiting;
    waiting = [];
    for (const resolve of all) resolve();
  };
  worker.on('message', goOn);
  worker.on('error', (error) => {
    warn(`The log of ${path} is not being copied into it any more: ${String(error)}`);
  });
  worker.on('exit', () => {
    isOver = true;
    goOn();
  });
  worker.unref();
  return {
    copy: () =>
      new Promise((resolve) => {
        if (isOver) {
          resolve();
          return;
        }
        waiting.push(resolve);
        worker.postMessage('copy');
      }),
    async stop() {
      await worker.terminate();
    },
  };
}
