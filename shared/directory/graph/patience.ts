import type { RetryStrategy } from '@azure/core-rest-pipeline';

/** How long something is tried again. */
export interface Patience {
  /** Milliseconds in which a request must be answered, whatever it takes; the platform cuts it at 230 s. */
  budgetMs: number;
  /** Milliseconds before the first repetition; doubled each time. */
  firstDelayMs: number;
  /** From 0 to 1; for the jitter. */
  random(): number;
}

/** Statuses after which the same request may succeed. */
export const isPassing = (status: number): boolean => status === 408 || status === 429 || status >= 500;

const longestDelayMs = 20_000;

/**
 * Milliseconds to wait: what the server asks for is the floor, and there is always some jitter above.
 * @param count repetitions before this one
 */
export function delayMs({ firstDelayMs, random }: Patience, count: number, retryAfter?: string): number {
  const growing = Math.min(longestDelayMs, firstDelayMs * 2 ** count);
  const floor = Math.max(growing / 2, retryAfterMs(retryAfter));
  return Math.ceil(floor + random() * (growing / 2));
}

/** `Retry-After` in milliseconds: seconds, with a fraction or without, or a date. */
export function retryAfterMs(value: string | undefined): number {
  if (value === undefined) return 0;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}

/**
 * Repeats reads while Graph is busy or the connection breaks, until waiting on would pass the deadline.
 * @param waiting the signal that ends a wait when it has become pointless
 */
export const patience = (how: Patience, deadline: number, waiting: () => AbortSignal): RetryStrategy => ({
  name: 'patience',
  retry({ retryCount, response, responseError }) {
    if (response && !isPassing(response.status)) return { skipStrategy: true };
    const retryAfterInMs = delayMs(how, retryCount, response?.headers.get('retry-after'));
    if (performance.now() + retryAfterInMs > deadline) return { skipStrategy: true };
    const request = response?.request ?? responseError?.request;
    if (request) request.abortSignal = waiting();
    return { retryAfterInMs };
  },
});
