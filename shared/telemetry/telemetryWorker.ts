import { parentPort, workerData } from 'node:worker_threads';
import { applicationInsights, type ApplicationInsightsOptions } from './applicationInsights.ts';
import type { FromWorker, ToWorker } from './telemetryThread.ts';

/** The other side of `telemetryThread`. */
const warn = (line: string): void => parentPort?.postMessage(line satisfies FromWorker);
const telemetry = await applicationInsights(workerData as ApplicationInsightsOptions, warn);

parentPort?.on('message', (message: ToWorker) => {
  if (message !== 'close') telemetry.answered(message);
  // The end of the thread says that everything has been sent; what goes wrong is told by the event `error`.
  else void telemetry.close().then(() => process.exit(0));
});
