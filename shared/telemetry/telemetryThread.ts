import { Worker } from 'node:worker_threads';
import type { ApplicationInsightsOptions } from './applicationInsights.ts';
import type { AnsweredRequest, Telemetry } from './port.ts';

/** What the thread is told. */
export type ToWorker = AnsweredRequest | 'close';

/** What the thread tells: a line about records that are lost. */
export type FromWorker = string;

/** Milliseconds for the last records; the Functions host waits five seconds for everything. */
const farewellMs = 3000;

/**
 * Runs Application Insights in a thread of its own: its library takes about half a second of CPU to load, for which no caller
 * waits, and what it changes about a process stays there.
 * @param warn takes a line about records that are lost
 */
export function telemetryThread(workerData: ApplicationInsightsOptions, warn: (line: string) => void): Telemetry {
  const file = import.meta.url.endsWith('.ts') ? './telemetryWorker.ts' : './telemetryWorker.js';
  const worker = new Worker(new URL(file, import.meta.url), { workerData });
  worker.unref();
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      hasEnded = true;
      resolve();
    });
  });
  worker.on('message', (line: FromWorker) => warn(line));
  worker.on('error', (error) => warn(`Telemetry has failed, and nothing is recorded from now on: ${String(error)}`));

  return {
    answered(request) {
      if (!hasEnded) worker.postMessage(request satisfies ToWorker);
    },
    async close() {
      worker.ref();
      worker.postMessage('close' satisfies ToWorker);
      const impatience = setTimeout(() => {
        warn(`The last telemetry may be lost: it was not sent within ${farewellMs} ms.`);
        void worker.terminate();
      }, farewellMs);
      await ended;
      clearTimeout(impatience);
    },
  };
}
