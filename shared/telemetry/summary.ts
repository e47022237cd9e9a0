import type { AnsweredRequest, OutgoingCall } from './port.ts';

/** `refused` is the caller's to mend, `failed` ours. */
export type Outcome = 'succeeded' | 'refused' | 'failed';

export const outcomeOf = ({ status }: Pick<AnsweredRequest, 'status'>): Outcome =>
  status < 400 ? 'succeeded' : status < 500 ? 'refused' : 'failed';

/** How often another service asked for patience. */
export const throttledIn = (calls: readonly OutgoingCall[]): number =>
  calls.filter(({ status }) => status === 429).length;

/** Calls that repeat an earlier one of the same request. */
export const retriesIn = (calls: readonly OutgoingCall[]): number => {
  const alone = calls.filter(({ isPart }) => !isPart);
  return alone.length - new Set(alone.map(({ method, url }) => `${method} ${url}`)).size;
};
