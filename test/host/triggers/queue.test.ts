import { setTimeout as wait } from 'node:timers/promises';
import type { QueueClient } from '@azure/storage-queue';
import type { TriggerHandler } from '../../../host/app.ts';
import { toHostJson } from '../../../host/hostJson.ts';
import type { Listener } from '../../../host/triggers/listener.ts';
import { queueListener, type QueueListenerOptions } from '../../../host/triggers/queue.ts';
import { systemClock } from '../../../host/triggers/systemClock.ts';
import { openAzurite, type OpenAzurite } from '../../support/openAzurite.ts';

let storage: OpenAzurite;
beforeAll(async () => {
  storage = await openAzurite();
});
afterAll(() => storage.stop());

const open = new Set<Listener>();
afterEach(async () => {
  for (const listener of open) await listener.stop(10_000);
  open.clear();
});

interface Listening {
  queue: QueueClient;
  poison: QueueClient;
  listener: Listener;
  lines: string[];
}

/** Runs a handler on the messages of a queue of its own. */
function listen(
  handler: TriggerHandler,
  queues: Record<string, unknown> = {},
  { queue = storage.queue(), ...options }: Partial<QueueListenerOptions> = {},
): Listening {
  const lines: string[] = [];
  const poison = storage.queue();
  const fn = { name: 'worker', queueName: queue.name, connection: 'AzureWebJobsStorage', handler };
  const { queues: settings } = toHostJson(
    { version: '2.0', extensions: { queues: { maxPollingInterval: '00:00:00.2', ...queues } } },
    'host.json',
  );
  const listener = queueListener(fn, {
    queue,
    poison,
    settings,
    sleep: systemClock.sleep,
    random: Math.random,
    log: (line) => lines.push(line),
    ...options,
  });
  open.add(listener);
  return { queue, poison, listener, lines };
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

async function send(queue: QueueClient, ...texts: string[]): Promise<void> {
  await queue.createIfNotExists();
  for (const text of texts) await queue.sendMessage(base64(text));
}

/** How many messages a queue has, those that are hidden as well; 0 when it does not exist. */
async function countIn(queue: QueueClient): Promise<number> {
  if (!(await queue.exists())) return 0;
  return (await queue.getProperties()).approximateMessagesCount ?? 0;
}

/** Waits until something holds; the test's own time limit is the only one. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await wait(30);
}

test('a message is worked on once and deleted, and the queue is made when it is missing', async () => {
  const seen: unknown[] = [];
  const { queue, lines } = listen((input) => seen.push(input));
  await until(() => queue.exists());
  await queue.sendMessage(base64('{"job":"a","rows":[1,2]}'));
  await until(async () => seen.length > 0 && (await countIn(queue)) === 0);
  expect(seen).toEqual([{ job: 'a', rows: [1, 2] }]);
  expect(lines).toEqual([]);
});

test('any text that parses as JSON is parsed, as the library does', async () => {
  const seen: unknown[] = [];
  const { queue } = listen((input) => seen.push(input), { batchSize: 1, newBatchThreshold: 0 });
  await send(queue, 'plain text', '1e5', 'true', '"quoted"');
  await until(() => seen.length === 4);
  expect(seen).toEqual(['plain text', 100_000, true, 'quoted']);
});

test('messageEncoding none takes the text as it is', async () => {
  const seen: unknown[] = [];
  const { queue } = listen((input) => seen.push(input), { messageEncoding: 'none' });
  await queue.createIfNotExists();
  await queue.sendMessage('{"a":1}');
  await until(() => seen.length === 1);
  expect(seen).toEqual([{ a: 1 }]);
});

test('the context tells about the message, and a field of the message hides what has the same name', async () => {
  const seen: unknown[] = [];
  const { queue } = listen((_input, { functionName, triggerMetadata }) => seen.push({ functionName, triggerMetadata }));
  await send(queue, '{"Job":{"Rows":3},"DequeueCount":"mine","list":[1]}');
  await until(() => seen.length === 1);
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string;
  const text = expect.any(String) as string;
  expect(seen).toEqual([
    {
      functionName: 'worker',
      triggerMetadata: {
        queueTrigger: { job: { rows: 3 }, dequeueCount: 'mine', list: [1] },
        job: { rows: 3 },
        dequeueCount: 'mine',
        expirationTime: time,
        id: text,
        insertionTime: time,
        nextVisibleTime: time,
        popReceipt: text,
      },
    },
  ]);
});

test('a message that fails comes again, unchanged, with a higher dequeue count, until it succeeds', async () => {
  const events: string[] = [];
  const { queue, poison, lines } = listen((input, { triggerMetadata }) => {
    events.push(`${JSON.stringify(input)} ${String(triggerMetadata?.dequeueCount)}`);
    if (events.length < 3) throw new Error('not yet');
  });
  await send(queue, '{"a":1}');
  await until(async () => events.length === 3 && (await countIn(queue)) === 0);
  expect(events).toEqual(['{"a":1} 1', '{"a":1} 2', '{"a":1} 3']);
  expect(lines).toEqual(Array(2).fill(expect.stringMatching(/^Function "worker" failed: Error: not yet/)));
  expect(await poison.exists()).toBe(false);
});

test('a message that keeps failing goes to the poison queue as it came, which is made for it', async () => {
  let tries = 0;
  const { queue, poison } = listen(
    () => {
      tries += 1;
      throw new Error('never');
    },
    { maxDequeueCount: 2 },
  );
  await send(queue, '{"bad":1}');
  await until(async () => (await countIn(poison)) === 1 && (await countIn(queue)) === 0);
  expect(tries).toBe(2);
  const { peekedMessageItems } = await poison.peekMessages();
  expect(peekedMessageItems.map(({ messageText }) => messageText)).toEqual([base64('{"bad":1}')]);
});

test('a message that is not base64 goes to the poison queue without a try', async () => {
  const seen: unknown[] = [];
  const { queue, poison, lines } = listen((input) => seen.push(input));
  await queue.createIfNotExists();
  await queue.sendMessage('{"plain":true}');
  await until(async () => (await countIn(poison)) === 1 && (await countIn(queue)) === 0);
  expect(seen).toEqual([]);
  expect(lines[0]).toBe(`A message of "${queue.name}" is not base64, as host.json says.`);
});

test('a queue without a poison queue keeps what fails, hidden', async () => {
  let tries = 0;
  const failing = (): never => {
    tries += 1;
    throw new Error('never');
  };
  const { queue, listener } = listen(failing, { maxDequeueCount: 1 }, { poison: undefined });
  await send(queue, '{}');
  await until(() => tries === 1);
  await listener.stop(10_000);
  expect(await countIn(queue)).toBe(1);
  expect((await queue.peekMessages()).peekedMessageItems).toEqual([]);
});

test('a message that takes longer than it is hidden is renewed: nobody else gets it', async () => {
  const events: string[] = [];
  const slow = async (): Promise<void> => {
    events.push('begins');
    await wait(5000);
    events.push('ends');
  };
  const first = listen(slow, {}, { hiddenMs: 3000 });
  listen(slow, {}, { hiddenMs: 3000, queue: first.queue });
  await send(first.queue, '{}');
  await until(async () => events.includes('ends') && (await countIn(first.queue)) === 0);
  expect(events).toEqual(['begins', 'ends']);
});

test('no more than batchSize and newBatchThreshold together are worked on at once', async () => {
  const done: unknown[] = [];
  let running = 0;
  let most = 0;
  const queue = storage.queue();
  await send(queue, ...Array.from({ length: 8 }, (_, index) => String(index)));
  listen(
    async (input) => {
      most = Math.max(most, (running += 1));
      await wait(100);
      running -= 1;
      done.push(input);
    },
    { batchSize: 2, newBatchThreshold: 1 },
    { queue },
  );
  await until(() => done.length === 8);
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(3);
});

test('a stop lets the message under way finish, which is then deleted, and takes no other', async () => {
  const release = Promise.withResolvers<undefined>();
  const begun: unknown[] = [];
  const handler: TriggerHandler = async (input) => {
    begun.push(input);
    await release.promise;
  };
  const { queue, listener } = listen(handler, { batchSize: 1, newBatchThreshold: 0 });
  await send(queue, '"first"', '"second"');
  await until(() => begun.length === 1);
  const stopped = listener.stop(20_000);
  release.resolve(undefined);
  expect(await stopped).toBe(true);
  expect(begun).toEqual(['first']);
  const { peekedMessageItems } = await queue.peekMessages();
  expect(peekedMessageItems.map(({ messageText }) => messageText)).toEqual([base64('"second"')]);
});

test('what does not finish within the grace is left to reappear, even if it finishes later', async () => {
  const release = Promise.withResolvers<undefined>();
  let begun = 0;
  const { queue, listener } = listen(
    async () => {
      begun += 1;
      await release.promise;
    },
    {},
    { hiddenMs: 1000 },
  );
  await send(queue, '{}');
  await until(() => begun === 1);
  expect(await listener.stop(0)).toBe(false);
  release.resolve(undefined);
  const counts: unknown[] = [];
  listen((_input, { triggerMetadata }) => counts.push(triggerMetadata?.dequeueCount), {}, { queue });
  await until(async () => counts.length === 1 && (await countIn(queue)) === 0);
  expect(counts[0]).toBeGreaterThan(1);
});

test('a queue that is deleted while the host runs is made again', async () => {
  const seen: unknown[] = [];
  const { queue, lines } = listen((input) => seen.push(input));
  await until(() => queue.exists());
  await queue.delete();
  await until(() => queue.exists());
  await queue.sendMessage(base64('1'));
  await until(() => seen.length === 1);
  expect(lines.length).toBeLessThanOrEqual(1);
});
