import type { QueueClient } from '@azure/storage-queue';
import type { Queue } from '../stores.ts';
import { once } from './errors.ts';

/** Longest time that a message can be hidden: seven days. */
const longestSeconds = 604_800;
/** Messages never expire: a job may take longer than the seven days that are usual. */
const forever = -1;

/** Messages as JSON in base64, which is how the Functions host reads them. */
export function messageQueue(queue: QueueClient): Queue {
  const made = once(() => queue.createIfNotExists());
  return {
    async send(message, delaySeconds = 0) {
      await made();
      await queue.sendMessage(Buffer.from(JSON.stringify(message)).toString('base64'), {
        visibilityTimeout: Math.min(longestSeconds, Math.ceil(delaySeconds)),
        messageTimeToLive: forever,
      });
    },
  };
}
