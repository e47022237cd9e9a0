import { bindQueue, type QueueMessage } from '../../functions/bindings/queue.ts';
import type { Run } from '../../functions/bindings/run.ts';
import { bindTimer, type TimerRun } from '../../functions/bindings/timer.ts';
import { localApp } from '../../host/app.ts';
import { LocalContext } from '../../host/invocationContext.ts';

/** Calls a timer function of ours with what the platform hands over. */
async function runTimer(input: object): Promise<{ due: TimerRun | undefined; lines: string[] }> {
  const app = localApp();
  const lines: string[] = [];
  let seen: TimerRun | undefined;
  bindTimer(app, 'nightly', '0 0 2 * * *', (due, context) => {
    seen = due;
    context.log('here I am');
    return Promise.resolve();
  });
  await app.timers[0]?.handler(input, new LocalContext('nightly', (line) => lines.push(line)));
  return { due: seen, lines };
}

test('a timer is registered with its schedule, and its job may log', async () => {
  const app = localApp();
  bindTimer(app, 'nightly', '%NIGHTLY%', () => Promise.resolve());
  expect(app.timers).toMatchObject([{ name: 'nightly', schedule: '%NIGHTLY%', runOnStartup: false, useMonitor: true }]);
  expect((await runTimer({ isPastDue: false, scheduleStatus: null })).lines).toEqual(['[nightly] here I am']);
});

test.each([
  [
    { last: '2026-01-01T02:00:00+00:00', next: '2026-01-02T02:00:00.5+01:00' },
    { last: new Date('2026-01-01T02:00:00Z'), next: new Date('2026-01-02T01:00:00.5Z') },
  ],
  [
    { last: '0001-01-01T00:00:00', next: '2026-01-02T02:00:00Z' },
    { last: undefined, next: new Date('2026-01-02T02:00:00Z') },
  ],
  [null, { last: undefined, next: undefined }],
])('a timer whose status is %j tells %j', async (scheduleStatus, times) => {
  expect((await runTimer({ isPastDue: true, scheduleStatus })).due).toEqual({ isPastDue: true, ...times });
});

/** Hands a message to a queue function of ours. */
async function runQueue(input: unknown, triggerMetadata = {}): Promise<[QueueMessage, Run] | undefined> {
  const app = localApp();
  let seen: [QueueMessage, Run] | undefined;
  bindQueue(app, 'registerRange', { queueName: 'ranges', connection: 'AzureWebJobsStorage' }, (...given) => {
    seen = given;
    return Promise.resolve();
  });
  await app.queues[0]?.handler(input, new LocalContext('registerRange', () => undefined, triggerMetadata));
  return seen;
}

test('a queue job gets message, dequeue count and id as plain values', async () => {
  const [taken, context] = (await runQueue({ job: 'a' }, { dequeueCount: 2, id: 'm1', popReceipt: 'x' })) ?? [];
  expect(taken).toEqual({ message: { job: 'a' }, dequeueCount: 2, id: 'm1' });
  expect(context?.invocationId).toMatch(/^[\da-f-]{36}$/);
});

test.each([[1e5], ['text'], [true], [null], [[1]]])(
  'a message %j is refused: only objects are messages',
  async (input) => {
    await expect(runQueue(input)).rejects.toThrow('A message must be a JSON object.');
  },
);

test.each(['id', 'Id', 'dequeueCount', 'DequeueCount'])('a message with a property %s is refused', async (name) => {
  await expect(runQueue({ [name]: 'x' })).rejects.toThrow(`A message must not have a property "${name}"`);
});

test('a name is taken once, whatever the trigger', () => {
  const app = localApp();
  bindTimer(app, 'same', '0 0 2 * * *', () => Promise.resolve());
  expect(() => bindQueue(app, 'same', { queueName: 'q', connection: 'c' }, () => Promise.resolve())).toThrow(
    'A function named "same" already exists.',
  );
});
