import { finish } from './finish.ts';
import { readMessage } from './message.ts';
import type { BulkParts } from './parts.ts';
import { pickUp } from './pickUp.ts';
import { prepare } from './prepare.ts';
import { progress } from './progress.ts';
import { registerRange } from './registerRange.ts';
import { rejectPoison } from './rejectPoison.ts';
import { sweep } from './sweep.ts';

/** A message as the platform hands it over. */
export interface QueueInput {
  message: Readonly<Record<string, unknown>>;
  /** 1 at the first try. */
  dequeueCount: number;
}

/** What queues and timers have done. A failure brings the message, or the next run, again. */
export interface Bulk {
  /** Does what a message of the queue says. */
  work(input: QueueInput): Promise<void>;
  /** Settles a message that failed at every try. */
  reject(input: QueueInput): Promise<void>;
  /** Looks after jobs that make no progress. */
  sweep(): Promise<void>;
  /** Makes jobs of the files in the inbox. */
  pickUp(): Promise<void>;
}

/** Seconds that a message of a newer version is left alone by this one. */
const newerSeconds = 60;

export function bulk(parts: BulkParts): Bulk {
  const counting = progress(parts);
  return {
    async work({ message: input, dequeueCount }) {
      const message = readMessage(input);
      switch (message?.kind) {
        case undefined:
          return parts.queue.send(input, newerSeconds);
        case 'prepare':
          return prepare({ message, dequeueCount }, parts);
        case 'range':
          return registerRange({ message, dequeueCount }, parts, counting);
        case 'finish':
          return finish(message, parts);
      }
    },
    async reject({ message: input }) {
      const message = readMessage(input);
      if (message) await rejectPoison(message, parts, counting);
      else await parts.queue.send(input, newerSeconds);
    },
    sweep: () => sweep(parts),
    pickUp: () => pickUp(parts),
  };
}
