import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DequeuedMessageItem } from '@azure/storage-queue';
import { parseAsLibrary, triggerMetadataOf } from '../../host/triggers/queueMessage.ts';
import { send } from '../support/send.ts';
import { buildProbe } from './buildProbe.ts';
import { openWorker, type WorkerTarget } from './openWorker.ts';
import { toRpcQueueMessage, toRpcTimer } from './rpcTriggers.ts';

let folder: string;
let worker: WorkerTarget;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'registrar-probe-'));
  await buildProbe('test/worker/triggerProbeApp.ts', folder);
  writeFileSync(join(folder, 'host.json'), '{ "version": "2.0", "extensions": { "http": { "routePrefix": "" } } }');
  worker = await openWorker({}, { app: folder });
});
afterAll(async () => {
  await worker.stop();
  rmSync(folder, { recursive: true });
});

/** What the functions of the probe have got since the last call. */
const seen = async (): Promise<unknown> =>
  JSON.parse((await send(worker.base, { method: 'GET', path: '/seen' })).text) as unknown;

const message = (dequeueCount: number): DequeuedMessageItem => ({
  messageId: '4c299165-6e8f-4b45-a5ba-c5d250a707ff',
  messageText: 'taken from its text',
  popReceipt: 'AgAAAA==',
  dequeueCount,
  insertedOn: new Date('2026-01-01T00:00:00Z'),
  nextVisibleOn: new Date('2026-01-01T00:10:00Z'),
  expiresOn: new Date('2026-01-08T00:00:00Z'),
});

const nightly = {
  Schedule: { AdjustForDST: true },
  ScheduleStatus: {
    Last: '0001-01-01T00:00:00',
    Next: '2026-01-02T02:00:00+00:00',
    LastUpdated: '2026-01-01T12:00:00+00:00',
  },
  IsPastDue: true,
};

test('the worker takes timers and queues beside HTTP functions, with what the host needs to fire them', () => {
  const triggers = worker.functions.map(({ name, bindings }) => [
    name,
    bindings.find(({ type }) => type.endsWith('Trigger')),
  ]);
  expect(Object.fromEntries(triggers)).toMatchObject({
    timer: { type: 'timerTrigger', direction: 'in', schedule: '0 0 2 * * *', runOnStartup: true },
    boundTimer: { type: 'timerTrigger', schedule: '%NIGHTLY%' },
    queue: { type: 'queueTrigger', queueName: 'ranges', connection: 'AzureWebJobsStorage' },
    boundQueue: { type: 'queueTrigger', queueName: '%RANGES%', connection: 'AzureWebJobsStorage' },
    seen: { type: 'httpTrigger' },
  });
});

test('a timer gets what the local host hands over, in the spelling of the library', async () => {
  await worker.invoke('timer', toRpcTimer(nightly));
  expect(await seen()).toEqual([
    {
      timer: {
        schedule: { adjustForDST: true },
        scheduleStatus: {
          last: '0001-01-01T00:00:00',
          next: '2026-01-02T02:00:00+00:00',
          lastUpdated: '2026-01-01T12:00:00+00:00',
        },
        isPastDue: true,
      },
    },
  ]);
});

test('a bound timer gets plain values', async () => {
  await worker.invoke('boundTimer', toRpcTimer(nightly));
  await worker.invoke('boundTimer', toRpcTimer({ ...nightly, ScheduleStatus: null, IsPastDue: false }));
  expect(await seen()).toEqual([
    { due: { isPastDue: true, next: '2026-01-02T02:00:00.000Z' } },
    { due: { isPastDue: false } },
  ]);
});

test.each([
  '{"job":"a","rows":[1,2],"Nested":{"Key":1}}',
  '{"Id":"mine","dequeuecount":7,"count":"12","flag":true,"nothing":null}',
  '{"text":"1e5","inner":{"List":[{"Deep":1}]}}',
])('message %s: input and metadata on the local host are those of the library', async (text) => {
  await worker.invoke('queue', toRpcQueueMessage(message(2), text));
  const input = parseAsLibrary(text);
  expect(await seen()).toEqual([{ input, triggerMetadata: triggerMetadataOf(message(2), input) }]);
});

test('a bound queue gets message, dequeue count and id', async () => {
  await worker.invoke('boundQueue', toRpcQueueMessage(message(3), '{"job":"a","rows":[1,2]}'));
  expect(await seen()).toEqual([
    {
      taken: { message: { job: 'a', rows: [1, 2] }, dequeueCount: 3, id: '4c299165-6e8f-4b45-a5ba-c5d250a707ff' },
      traceParent: '',
    },
  ]);
});

test('a failure of a job, or a message that is no object, fails the run, and the worker goes on', async () => {
  await expect(worker.invoke('boundQueue', toRpcQueueMessage(message(1), '{"fails":true}'))).rejects.toThrow(
    'as the message says',
  );
  await expect(worker.invoke('boundQueue', { data: { string: '1e5' } })).rejects.toThrow('must be a JSON object');
  await expect(worker.invoke('nowhere', { data: { string: '{}' } })).rejects.toThrow('is not loaded');
  expect(await seen()).toEqual([]);
});
