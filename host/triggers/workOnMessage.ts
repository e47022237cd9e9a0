import { inspect } from 'node:util';
import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import type { QueueFunction } from '../app.ts';
import { LocalContext } from '../invocationContext.ts';
import type { QueuesJson } from '../queuesJson.ts';
import { parseAsLibrary, textOf, triggerMetadataOf } from './queueMessage.ts';
import { renewal } from './renewal.ts';

/** What it takes to work on the messages of one queue. */
export interface Workplace {
  readonly fn: QueueFunction;
  readonly queue: QueueClient;
  /** Where messages go that cannot be worked on; undefined for a queue that is such a place itself. */
  readonly poison: QueueClient | undefined;
  readonly settings: QueuesJson;
  /** How long nobody else sees a message that is worked on, in milliseconds; renewed at half time. */
  readonly hiddenMs: number;
  readonly log: (line: string) => void;
  /** Comes when the work is given up: messages are then left to reappear. */
  readonly givenUp: AbortSignal;
}

/**
 * Runs the function on a message. Success deletes it, a failure lets it reappear, and after too many of them it goes to the poison queue.
 * @throws what the storage says when a message cannot be settled; it then reappears
 * Source: azure-sdk-for-net Microsoft.Azure.WebJobs.Extensions.Storage.Common QueueProcessor.cs
 */
export async function workOnMessage(message: DequeuedMessageItem, workplace: Workplace): Promise<void> {
  const { queue, poison, settings, log, givenUp } = workplace;
  const { messageId, dequeueCount } = message;
  const text = textOf(message.messageText, settings.messageEncoding);
  if (text === undefined) log(`A message of "${queue.name}" is not ${settings.messageEncoding}, as host.json says.`);
  if (text === undefined || dequeueCount > settings.maxDequeueCount) {
    await toPoison(message, message.popReceipt, workplace);
    return;
  }
  const hidden = renewal(message, workplace);
  const succeeded = await run(text, message, workplace);
  const popReceipt = await hidden.end();
  if (givenUp.aborted) return;
  if (succeeded) await unlessGone(queue.deleteMessage(messageId, popReceipt));
  else if (dequeueCount >= settings.maxDequeueCount) await toPoison(message, popReceipt, workplace);
  else if (poison) {
    const seconds = Math.ceil(settings.visibilityTimeoutMs / 1000);
    await unlessGone(queue.updateMessage(messageId, popReceipt, undefined, seconds));
  }
}

/** @returns whether the function did not fail */
async function run(text: string, message: DequeuedMessageItem, { fn, log }: Workplace): Promise<boolean> {
  try {
    const input = parseAsLibrary(text);
    await fn.handler(input, new LocalContext(fn.name, log, triggerMetadataOf(message, input)));
    return true;
  } catch (thrown) {
    log(`Function "${fn.name}" failed: ${inspect(thrown)}`);
    return false;
  }
}

/** Where there is no poison queue, the message stays hidden until its time is over, so that it does not go round and round. */
async function toPoison(
  { messageId, messageText, dequeueCount }: DequeuedMessageItem,
  popReceipt: string,
  { queue, poison, log }: Workplace,
): Promise<void> {
  if (!poison) return;
  log(`A message of "${queue.name}" goes to "${poison.name}", taken ${dequeueCount} times: ${messageId}`);
  await poison.createIfNotExists();
  await poison.sendMessage(messageText);
  await unlessGone(queue.deleteMessage(messageId, popReceipt));
}

/** A message that somebody else has taken over, or deleted, is theirs to settle. */
async function unlessGone(settled: Promise<unknown>): Promise<void> {
  try {
    await settled;
  } catch (error) {
    if (!gone.has((error as { code?: string }).code)) throw error;
  }
}

const gone: ReadonlySet<string | undefined> = new Set(['MessageNotFound', 'PopReceiptMismatch', 'QueueNotFound']);
