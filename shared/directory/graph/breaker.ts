import { GraphError } from '../../contract/errors.ts';
import { NoAnswer } from './noAnswer.ts';
import { isUnanswered } from './pooledClient.ts';

/** Keeps callers from queueing before a Graph that does not answer at all. */
export interface Breaker {
  /** @throws NoAnswer, or GraphError serviceNotAvailable at once while nothing has answered for a while */
  guard<T>(send: () => Promise<T>): Promise<T>;
}

/** Calls without an answer, one after the other, after which nothing is sent for a while. */
const threshold = 20;
/** Seconds for which nothing is sent; then one call is let through. */
const pauseS = 5;

export function breaker(now: () => Date): Breaker {
  let silent = 0;
  let closedUntil = 0;
  return {
    async guard(send) {
      const time = now().getTime();
      if (time < closedUntil) throw notAnswering(Math.ceil((closedUntil - time) / 1000));
      if (silent >= threshold) closedUntil = time + pauseS * 1000; // This one finds out; the others need not wait.
      try {
        const answer = await send();
        silent = 0;
        closedUntil = 0;
        return answer;
      } catch (error) {
        if (!isUnanswered(error)) throw error;
        silent += 1;
        throw new NoAnswer(error.reached, error);
      }
    },
  };
}

/** Graph is not there; nothing was sent. */
export const notAnswering = (retryAfterS: number, cause?: unknown): GraphError =>
  new GraphError('serviceNotAvailable', 'Microsoft Graph does not answer. Try again later.', {
    headers: { 'Retry-After': String(Math.max(1, retryAfterS)) },
    cause,
  });
