import { inspect } from 'node:util';
import type { LocalApp, QueueFunction, TimerFunction } from '../app.ts';
import type { HostJson } from '../hostJson.ts';
import { StartError } from '../startError.ts';
import type { JobStorage } from '../storage.ts';
import { hostIdOf } from './hostId.ts';
import type { Clock, Listener } from './listener.ts';
import { readSchedule } from './schedule.ts';
import { systemClock } from './systemClock.ts';
import type { TimerStatusStore } from './timerStatus.ts';

export interface TriggersOptions {
  readonly hostJson: Pick<HostJson, 'queues'>;
  /** All settings of the app: `%NAME%` and connections are looked up here. */
  readonly settings: Readonly<Record<string, string | undefined>>;
  readonly storage: Pick<JobStorage, 'connectionString' | 'ready'>;
  /** Takes what handlers log, why they failed, and which functions do not run. */
  readonly log: (line: string) => void;
  readonly clock?: Clock;
  /** How long a message that is worked on is hidden, in milliseconds. */
  readonly hiddenMs?: number;
}

/**
 * Lets the timers and queues of an app fire, each as soon as the storage that it needs answers. One that cannot is named in the log, and the
 * others run all the same. The storage clients are loaded when there is a function that needs them.
 */
export function startTriggers(
  { timers, queues }: Pick<LocalApp, 'timers' | 'queues'>,
  options: TriggersOptions,
): Listener {
  const { log } = options;
  const listeners: Listener[] = [];
  let stopping = false;

  async function begin({ name }: { name: string }, prepare: () => Promise<() => Listener>): Promise<void> {
    try {
      const listen = await prepare();
      if (!stopping) listeners.push(listen());
    } catch (error) {
      log(`Function "${name}" does not run: ${error instanceof StartError ? error.message : inspect(error)}`);
    }
  }

  for (const fn of timers) void begin(fn, () => prepareTimer(fn, options));
  for (const fn of queues) void begin(fn, () => prepareQueue(fn, options));
  return {
    async stop(graceMs) {
      stopping = true;
      const finished = await Promise.all(listeners.map((listener) => listener.stop(graceMs)));
      return finished.every(Boolean);
    },
  };
}

async function prepareTimer(fn: TimerFunction, options: TriggersOptions): Promise<() => Listener> {
  const { settings, log, clock = systemClock } = options;
  const zone = [settings.TZ, settings.WEBSITE_TIME_ZONE].find(Boolean);
  const schedule = readSchedule(resolved(fn.schedule, settings), zone);
  const store = fn.useMonitor && !schedule.isFrequent ? await statusStore(fn, options) : undefined;
  const { timerListener } = await import('./timer.ts');
  return () => timerListener(fn, { schedule, clock, log, ...(store && { store }) });
}

/** @returns undefined without storage: the timer then runs by the clock alone */
async function statusStore(
  { name }: TimerFunction,
  { settings, storage }: TriggersOptions,
): Promise<TimerStatusStore | undefined> {
  const { connectionString } = storage;
  if (connectionString === undefined) return undefined;
  await storage.ready();
  const [{ blobsOf }, { blobTimerStatus }] = await Promise.all([
    import('../storageClients.ts'),
    import('./timerStatus.ts'),
  ]);
  const blobs = blobsOf(connectionString);
  return blobTimerStatus(blobs.getContainerClient('azure-webjobs-hosts'), hostIdOf(settings, process.cwd()), name);
}

async function prepareQueue(fn: QueueFunction, options: TriggersOptions): Promise<() => Listener> {
  const { settings, storage, log, clock = systemClock, hiddenMs, hostJson } = options;
  const name = resolved(fn.queueName, settings);
  const connectionString = settings[fn.connection];
  if (fn.connection === 'AzureWebJobsStorage') await storage.ready();
  if (!connectionString) throw new StartError(`the setting ${fn.connection}, its connection, is missing`);
  const [{ queuesOf }, { queueListener }] = await Promise.all([import('../storageClients.ts'), import('./queue.ts')]);
  const queues = queuesOf(connectionString);
  return () =>
    queueListener(fn, {
      queue: queues.getQueueClient(name),
      poison: name.endsWith('-poison') ? undefined : queues.getQueueClient(`${name}-poison`),
      settings: hostJson.queues,
      sleep: clock.sleep,
      random: Math.random,
      log,
      ...(hiddenMs !== undefined && { hiddenMs }),
    });
}

/** @throws StartError for a setting that is missing */
function resolved(text: string, settings: TriggersOptions['settings']): string {
  return text.replaceAll(/%([^%]+)%/g, (_match, name: string) => {
    const value = settings[name];
    if (!value) throw new StartError(`the setting ${name} is missing, which stands in "${text}"`);
    return value;
  });
}
