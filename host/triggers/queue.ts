import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import type { QueueFunction } from '../app.ts';
import type { QueuesJson } from '../queuesJson.ts';
import { backOff } from './backOff.ts';
import { settlesWithin, type Clock, type Listener } from './listener.ts';
import { workOnMessage } from './workOnMessage.ts';

export interface QueueListenerOptions {
  /** Made when it is missing. */
  readonly queue: QueueClient;
  /** Where messages go that cannot be worked on; undefined for a queue that is such a place itself. */
  readonly poison: QueueClient | undefined;
  readonly settings: QueuesJson;
  /** How long a message that is worked on is hidden, in milliseconds; renewed at half time. */
  readonly hiddenMs?: number;
  readonly sleep: Clock['sleep'];
  readonly random: () => number;
  readonly log: (line: string) => void;
}

/** Source: azure-sdk-for-net Microsoft.Azure.WebJobs.Extensions.Storage.Common QueueListener.cs */
const tenMinutesMs = 600_000;

/**
 * Takes messages from a queue and runs a function on each, several at once.
 * While the queue is empty or cannot be reached, it looks less and less often.
 */
export function queueListener(fn: QueueFunction, options: QueueListenerOptions): Listener {
  const { queue, settings, hiddenMs = tenMinutesMs, sleep, random, log } = options;
  const stopping = new AbortController();
  const givingUp = new AbortController();
  const workplace = { fn, queue, poison: options.poison, settings, hiddenMs, log, givenUp: givingUp.signal };
  const waits = backOff(settings.maxPollingIntervalMs, random);
  const working = new Set<Promise<void>>();
  const stopped = new Promise<void>((resolve) => {
    stopping.signal.addEventListener('abort', () => {
      resolve();
    });
  });
  const isStopping = (): boolean => stopping.signal.aborted;
  let exists = false;
  let isReachable = true;

  async function poll(): Promise<void> {
    while (!isStopping()) {
      const messages = await receive();
      if (isStopping()) {
        await giveBack(messages);
        return;
      }
      for (const message of messages) begin(message);
      if (messages.length === 0) {
        await sleep(waits.next(), stopping.signal);
        continue;
      }
      waits.reset();
      while (working.size > settings.newBatchThreshold && !isStopping()) {
        await Promise.race([stopped, ...working]);
      }
    }
  }

  /** What there is; nothing when the storage does not answer, which is said once. */
  async function receive(): Promise<readonly DequeuedMessageItem[]> {
    try {
      if (!exists) await queue.createIfNotExists();
      exists = true;
      const answer = await queue.receiveMessages({
        numberOfMessages: settings.batchSize,
        visibilityTimeout: Math.ceil(hiddenMs / 1000),
      });
      isReachable = true;
      return answer.receivedMessageItems;
    } catch (error) {
      if (isReachable) log(`The queue "${queue.name}" cannot be read now, and is tried again: ${String(error)}`);
      isReachable = exists = false;
      return [];
    }
  }

  function begin(message: DequeuedMessageItem): void {
    const work = workOnMessage(message, workplace)
      .catch((error: unknown) => {
        log(`A message of "${queue.name}" could not be settled and will come again: ${String(error)}`);
      })
      .finally(() => working.delete(work));
    working.add(work);
  }

  /** What came while the host was stopping is for the next one, at once. */
  async function giveBack(messages: readonly DequeuedMessageItem[]): Promise<void> {
    for (const { messageId, popReceipt } of messages) {
      await queue.updateMessage(messageId, popReceipt, undefined, 0).catch((error: unknown) => {
        log(`A message of "${queue.name}" stays hidden for a while: ${String(error)}`);
      });
    }
  }

  const polling = poll();
  return {
    async stop(graceMs) {
      stopping.abort();
      const finished = await settlesWithin(
        graceMs,
        polling.then(() => Promise.all(working)),
      );
      givingUp.abort();
      return finished;
    },
  };
}
