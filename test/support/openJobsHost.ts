import { functions } from '../../functions/index.ts';
import { localApp } from '../../host/app.ts';
import { toHostJson } from '../../host/hostJson.ts';
import { functionsHost } from '../../host/server.ts';
import { startTriggers } from '../../host/triggers/start.ts';
import { compose, type Services } from '../../shared/compose.ts';
import { readConfig } from '../../shared/config/readConfig.ts';

/** The app with its jobs, in this process: its queues are polled, and its timers run. */
export interface JobsHost {
  base: string;
  services: Services;
  /** Everything that the app said. */
  log: string[];
  stop(): Promise<void>;
}

/** Timers that come soon, and a storage that is asked often. */
const quick = { BULK_SCHEDULE: '* * * * * *', BULK_SWEEP_SCHEDULE: '* * * * * *', BULK_STALLED_S: '2' };

/** @param connectionString of the storage, which several hosts may share */
export async function openJobsHost(connectionString: string, env: Record<string, string> = {}): Promise<JobsHost> {
  const log: string[] = [];
  const write = (line: string): void => void log.push(line);
  const settings = { EMULATOR_STORE: 'memory', AzureWebJobsStorage: connectionString, ...quick, ...env };
  const services = await compose(readConfig(settings, true), write);
  const app = localApp();
  for (const register of functions) register(app, services);
  const queues = { batchSize: 8, newBatchThreshold: 4, maxPollingInterval: '00:00:00.200' };
  const hostJson = toHostJson({ version: '2.0', extensions: { http: { routePrefix: '' }, queues } }, 'host.json');
  const host = functionsHost(app.functions, { hostJson, log: write });
  const address = await host.listen(0, '127.0.0.1');
  const storage = { connectionString, ready: () => Promise.resolve() };
  const triggers = startTriggers(app, { hostJson, settings, storage, log: write });
  return {
    base: address.origin,
    services,
    log,
    async stop() {
      await Promise.all([triggers.stop(10_000), host.stop({ graceMs: 1000 })]);
      await services.close();
    },
  };
}
