import type { GraphError } from '../contract/errors.ts';
import type { RowOutcome } from './rowOutcome.ts';

/** How often rows are put off because the directory fails, before they are rejected; there is no bound to 429, which is no failure. */
const maxFailures = 12;
/** Seconds: the first wait where the directory does not say, and the longest. */
const firstDelay = 2;
const longestDelay = 300;

export const isGivenUp = ({ status }: GraphError, failures = 0): boolean => status !== 429 && failures >= maxFailures;

/** Seconds to wait: the longest that was asked for is the least; above it, more at each failure, and not the same for all. */
export function delaySecondsOf(
  deferred: readonly Extract<RowOutcome, { outcome: 'deferred' }>[],
  failures: number,
  random: () => number,
): number {
  const asked = Math.max(0, ...deferred.map(({ retryAfterSeconds = 0 }) => retryAfterSeconds));
  const usual = Math.min(longestDelay, firstDelay * 2 ** Math.max(0, failures - 1));
  return Math.ceil(Math.max(asked, usual * (0.5 + random() / 2)));
}
