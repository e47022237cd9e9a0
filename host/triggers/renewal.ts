import type { DequeuedMessageItem } from '@azure/storage-queue';
import type { Workplace } from './workOnMessage.ts';

/** Keeps a message hidden while it is worked on. */
export interface Renewal {
  /** @returns the receipt that is good now; every renewal makes the earlier ones worthless */
  end(): Promise<string>;
}

/** Hides a message anew whenever half of its time is over, until `end`, or until the work is given up. */
export function renewal(
  { messageId, popReceipt }: DequeuedMessageItem,
  { queue, hiddenMs, log, givenUp }: Workplace,
): Renewal {
  let receipt = popReceipt;
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    if (!givenUp.aborted) running = running.then(renew);
  }, hiddenMs / 2);

  async function renew(): Promise<void> {
    try {
      const renewed = await queue.updateMessage(messageId, receipt, undefined, Math.ceil(hiddenMs / 1000));
      receipt = renewed.popReceipt ?? receipt;
    } catch (error) {
      log(`A message of "${queue.name}" that is worked on may be seen by others: ${String(error)}`);
    }
  }

  return {
    async end() {
      clearInterval(timer);
      await running;
      return receipt;
    },
  };
}
