/** Milliseconds of the first wait. Source: azure-sdk-for-net QueuePollingIntervals.cs */
const minimumMs = 100;

/** Waits that double while nothing comes, each a little longer or shorter, so that several hosts do not keep in step. */
export interface BackOff {
  /** The next wait in milliseconds. */
  next(): number;
  /** Something has come: begin anew. */
  reset(): void;
}

/** @param random a number from 0 to 1, which is never reached */
export function backOff(maximumMs: number, random: () => number): BackOff {
  let waitMs = minimumMs;
  return {
    next() {
      const now = Math.min(waitMs * (0.8 + 0.4 * random()), maximumMs);
      waitMs = Math.min(waitMs * 2, maximumMs);
      return now;
    },
    reset() {
      waitMs = minimumMs;
    },
  };
}
