import { GraphError } from '../../contract/errors.ts';
import { isUnanswered } from './originClient.ts';

/** Keeps callers from queueing before a Graph that does not answer at all. */
export interface Breaker {
  /**
   * Sends one call, and learns from it whether Graph is there.
   * @throws whatever `send` throws; GraphError serviceNotAvailable, and nothing is sent, while nothing has answered for a while
   */
  guard<T>(send: () => Promise<T>): Promise<T>;
  /**
   * Aborted when waiting has become pointless, with the GraphError that says why: between two attempts, and for a connection. There is
   * another one as soon as calls are sent again.
   */
  readonly waiting: AbortSignal;
  /** The app ends: nothing more is sent, and nobody waits any longer. What is under way is finished. */
  stop(): void;
}

/** Calls without an answer, one after the other, after which nothing is sent for a while. */
const threshold = 20;
/** Seconds for which nothing is sent; then one call is let through, while everybody else is still told to come back. */
const pauseS = 5;

export function breaker(now: () => Date): Breaker {
  let state: 'sending' | 'pausing' | 'trying' | 'stopped' = 'sending';
  let silent = 0;
  let pausedUntil = 0;
  let waiting = new AbortController();

  function pause(): void {
    state = 'pausing';
    pausedUntil = now().getTime() + pauseS * 1000;
    waiting.abort(notAnswering(pauseS));
  }
  function resume(): void {
    silent = 0;
    if (state !== 'pausing' && state !== 'trying') return;
    if (waiting.signal.aborted) waiting = new AbortController();
    state = 'sending';
  }
  /** @returns whether this is the one call that finds out */
  function admit(): boolean {
    const restMs = pausedUntil - now().getTime();
    if (state === 'sending') return false;
    if (state === 'stopped') throw stopping();
    if (state === 'trying' || restMs > 0) throw notAnswering(restMs > 0 ? Math.ceil(restMs / 1000) : pauseS);
    state = 'trying';
    waiting = new AbortController();
    return true;
  }

  return {
    get waiting() {
      return waiting.signal;
    },
    async guard(send) {
      const isTrial = admit();
      try {
        const answer = await send();
        resume();
        return answer;
      } catch (error) {
        if (isUnanswered(error)) silent += 1;
        else if (isAnswer(error)) resume();
        // A trial that was never sent has found nothing out either; the next one may.
        if ((isTrial && state === 'trying') || (state === 'sending' && silent >= threshold)) pause();
        throw error;
      }
    },
    stop() {
      state = 'stopped';
      waiting.abort(stopping());
    },
  };
}

/** Something came, of which nothing can be made. */
const isAnswer = (error: unknown): boolean => error instanceof GraphError && error.status === 502;

/** Graph is not there; nothing was sent. */
export const notAnswering = (retryAfterS: number, cause?: unknown): GraphError =>
  new GraphError('serviceNotAvailable', 'Microsoft Graph does not answer. Try again later.', {
    headers: { 'Retry-After': String(Math.max(1, retryAfterS)) },
    cause,
  });

const stopping = (): GraphError =>
  new GraphError('serviceNotAvailable', 'The service is stopping. Try again.', { headers: { 'Retry-After': '1' } });
