import type { AnsweredRequest } from './port.ts';

export interface PortionsOptions {
  /** Makes the records of one request. */
  record: (request: AnsweredRequest) => void;
  /** Sends what has been recorded, in bounded time; never rejects. */
  flush: () => Promise<void>;
  /** Takes a line about what could not be told. */
  warn: (line: string) => void;
  /** Records of one portion; what takes them has room for twice as many. */
  size?: number;
  /** Requests that may wait. */
  limit?: number;
}

/** Requests whose records are made in portions. */
export interface Portions {
  answered(request: AnsweredRequest): void;
  /** Makes and sends the records of everything that waits. */
  settled(): Promise<void>;
}

/**
 * Records requests in portions, the next one when the one before has been sent: the queues of the library hold 2,048 records
 * each, let themselves not be made longer, and drop the rest without a word.
 */
export function portions({ record, flush, warn, size = 1000, limit = 20_000 }: PortionsOptions): Portions {
  let waiting: AnsweredRequest[] = [];
  let room = size;
  let missed = 0;
  let sending: Promise<void> | undefined;

  const hand = (request: AnsweredRequest): void => {
    room -= recordsOf(request);
    record(request);
  };
  const send = async (): Promise<void> => {
    while (room <= 0) {
      await flush();
      room = size;
      let handed = 0;
      for (const request of waiting) {
        if (room <= 0) break;
        hand(request);
        handed += 1;
      }
      waiting = waiting.slice(handed);
    }
    sending = undefined;
    if (missed > 0)
      warn(`Telemetry: calls and events of ${missed} requests are missing; more than ${limit} waited to be sent.`);
    missed = 0;
  };

  return {
    answered(request) {
      if (!sending) {
        hand(request);
        if (room <= 0) sending = send();
      } else if (waiting.length < limit) waiting.push(request);
      else missed += 1;
    },
    async settled() {
      await sending;
    },
  };
}

/** Records of a request at most: itself, its calls, and the events about it. */
const recordsOf = ({ calls }: AnsweredRequest): number => calls.length + 3;
