/** What runs a function when its trigger fires. */
export interface Listener {
  /**
   * Fires no more, and lets the runs under way finish.
   * @param graceMs how long, in milliseconds
   * @returns whether all of them have finished
   */
  stop(graceMs: number): Promise<boolean>;
}

/** Time, and waiting for it. */
export interface Clock {
  now(): Date;
  /** Settles after that many milliseconds, or at once when the signal comes; never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** @returns whether a promise that never rejects has settled within that time */
export async function settlesWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  const end = Promise.withResolvers<false>();
  const timer = setTimeout(() => {
    end.resolve(false);
  }, ms);
  const settled = await Promise.race([work.then(() => true), end.promise]);
  clearTimeout(timer);
  return settled;
}
