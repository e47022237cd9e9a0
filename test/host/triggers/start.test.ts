import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { BlobServiceClient } from '@azure/storage-blob';
import { localApp, type LocalApp } from '../../../host/app.ts';
import { toHostJson } from '../../../host/hostJson.ts';
import { StartError } from '../../../host/startError.ts';
import type { Listener } from '../../../host/triggers/listener.ts';
import { startTriggers, type TriggersOptions } from '../../../host/triggers/start.ts';
import { openAzurite, type OpenAzurite } from '../../support/openAzurite.ts';
import { manualClock } from './manualClock.ts';

let storage: OpenAzurite;
beforeAll(async () => {
  storage = await openAzurite();
});
afterAll(() => storage.stop());

const open = new Set<Listener>();
afterEach(async () => {
  for (const triggers of open) await triggers.stop(10_000);
  open.clear();
});

/** Starts what was registered; @returns what is logged */
function start(app: LocalApp, options: Partial<TriggersOptions> = {}): string[] {
  const lines: string[] = [];
  const { connectionString } = storage;
  const triggers = startTriggers(app, {
    hostJson: toHostJson({ version: '2.0', extensions: { queues: { maxPollingInterval: '00:00:00.2' } } }, 'host.json'),
    settings: { AzureWebJobsStorage: connectionString, AzureFunctionsWebHost__hostid: 'laptop' },
    storage: { connectionString, ready: () => Promise.resolve() },
    log: (line) => lines.push(line),
    ...options,
  });
  open.add(triggers);
  return lines;
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await wait(30);
}

const statusBlob = (name: string) =>
  BlobServiceClient.fromConnectionString(storage.connectionString)
    .getContainerClient('azure-webjobs-hosts')
    .getBlobClient(`timers/laptop/${name}/status`);

async function statusOf(name: string): Promise<unknown> {
  const { readableStreamBody } = await statusBlob(name).download();
  return readableStreamBody && (JSON.parse(await text(readableStreamBody)) as unknown);
}

test('the status of a timer is kept where the real host keeps it, and makes the next start past due', async () => {
  const app = localApp();
  const seen: unknown[] = [];
  app.timer('nightly', { schedule: '%NIGHTLY%', handler: ({ isPastDue }) => void seen.push(isPastDue) });
  const settings = { AzureFunctionsWebHost__hostid: 'laptop', NIGHTLY: '0 0 2 * * *' };
  start(app, { settings, clock: manualClock('2026-01-01T12:00:00Z') });
  await until(() => statusBlob('nightly').exists());
  expect(await statusOf('nightly')).toEqual({
    Last: '0001-01-01T00:00:00',
    Next: '2026-01-02T02:00:00.000Z',
    LastUpdated: '2026-01-01T12:00:00.000Z',
  });
  start(app, { settings, clock: manualClock('2026-01-03T12:00:00Z') });
  await until(() => seen.length === 1);
  expect(seen).toEqual([true]);
  await until(async () => ((await statusOf('nightly')) as { Next: string }).Next === '2026-01-04T02:00:00.000Z');
});

test('a timer that runs more often than once a minute is not remembered, nor one that says so', async () => {
  const app = localApp();
  const seen: unknown[] = [];
  const handler = ({ scheduleStatus }: { scheduleStatus: unknown }) => void seen.push(scheduleStatus);
  app.timer('often', { schedule: '*/5 * * * * *', runOnStartup: true, handler });
  app.timer('forgetful', { schedule: '0 0 2 * * *', runOnStartup: true, useMonitor: false, handler });
  start(app, { clock: manualClock('2026-01-01T12:00:00Z') });
  await until(() => seen.length === 2);
  expect(seen).toEqual([null, null]);
  expect(await statusBlob('often').exists()).toBe(false);
  expect(await statusBlob('forgetful').exists()).toBe(false);
});

test('a schedule is in UTC, unless TZ names a time zone', async () => {
  const app = localApp();
  app.timer('zoned', { schedule: '0 0 2 * * *', handler: () => undefined });
  const settings = { AzureFunctionsWebHost__hostid: 'laptop', TZ: 'Asia/Tokyo' };
  start(app, { settings, clock: manualClock('2026-01-01T12:00:00Z') });
  await until(() => statusBlob('zoned').exists());
  expect(await statusOf('zoned')).toMatchObject({ Next: '2026-01-01T17:00:00.000Z' });
});

test('a queue is looked up by its settings, and what fails goes to the queue with -poison after its name', async () => {
  const queue = storage.queue();
  const app = localApp();
  app.storageQueue('worker', {
    queueName: '%QUEUE%',
    connection: 'JOBS',
    handler: () => Promise.reject(new Error('never')),
  });
  const hostJson = toHostJson(
    { version: '2.0', extensions: { queues: { maxPollingInterval: '00:00:00.2', maxDequeueCount: 1 } } },
    'host.json',
  );
  start(app, { hostJson, settings: { QUEUE: queue.name, JOBS: storage.connectionString } });
  await until(() => queue.exists());
  await queue.sendMessage(Buffer.from('{}').toString('base64'));
  const poison = storage.queueNamed(`${queue.name}-poison`);
  await until(() => poison.exists());
  await until(async () => (await poison.peekMessages()).peekedMessageItems.length === 1);
});

test('nothing is polled before the storage is ready', async () => {
  const ready = Promise.withResolvers<undefined>();
  const queue = storage.queue();
  const app = localApp();
  const seen: unknown[] = [];
  app.storageQueue('worker', {
    queueName: queue.name,
    connection: 'AzureWebJobsStorage',
    handler: (input) => void seen.push(input),
  });
  await queue.create();
  await queue.sendMessage(Buffer.from('{"a":1}').toString('base64'));
  const { connectionString } = storage;
  start(app, { storage: { connectionString, ready: () => ready.promise } });
  await wait(300);
  expect((await queue.peekMessages()).peekedMessageItems[0]?.dequeueCount).toBe(0);
  ready.resolve(undefined);
  await until(() => seen.length === 1);
});

test('functions that cannot run are named one by one, and the others run', async () => {
  const app = localApp();
  const seen: unknown[] = [];
  app.timer('wrong', { schedule: 'every night', handler: () => undefined });
  app.timer('unset', { schedule: '%NOWHERE%', handler: () => undefined });
  app.storageQueue('lost', { queueName: 'q', connection: 'ELSEWHERE', handler: () => undefined });
  app.storageQueue('waiting', { queueName: 'q', connection: 'AzureWebJobsStorage', handler: () => undefined });
  app.timer('fine', { schedule: '0 0 2 * * *', runOnStartup: true, handler: () => void seen.push('ran') });
  const none = new StartError('There is no storage for jobs: LOCAL_STORAGE is none.');
  const lines = start(app, {
    settings: {},
    storage: { connectionString: undefined, ready: () => Promise.reject(none) },
  });
  await until(() => lines.length === 4 && seen.length === 1);
  expect([...lines].sort()).toEqual([
    'Function "lost" does not run: the setting ELSEWHERE, its connection, is missing',
    'Function "unset" does not run: the setting NOWHERE is missing, which stands in "%NOWHERE%"',
    'Function "waiting" does not run: There is no storage for jobs: LOCAL_STORAGE is none.',
    'Function "wrong" does not run: the schedule "every night" is neither NCRONTAB, such as "0 30 2 * * *", nor a time, such as "00:05:00"',
  ]);
});
