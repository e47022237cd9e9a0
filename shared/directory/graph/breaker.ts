import { RestError } from '@azure/core-rest-pipeline';
import { GraphError } from '../../contract/errors.ts';
import { NoAnswer } from './graphClient.ts';

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
        if (!isTransport(error)) throw error;
        silent += 1;
        throw new NoAnswer(!neverArrived.has(codeOf(error)), error);
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

/** Whether the connection failed, or the time was up; anything else is a fault of ours or of the caller. */
const isTransport = (error: unknown): boolean =>
  error instanceof RestError || ['AbortError', 'TimeoutError'].includes((error as Error).name);

/** Errors of a connection that was never made. */
const neverArrived = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

function codeOf(error: unknown): string {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return (error instanceof RestError && code !== RestError.REQUEST_SEND_ERROR ? code : (cause?.code ?? code)) ?? '';
}
