import {
  createHttpHeaders,
  isRestError,
  RestError,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { Pool, type Dispatcher } from 'undici';
import { GraphError } from '../../contract/errors.ts';

/** Largest answer in bytes that is read; a page of 999 devices has about two million. */
const maxResponseBytes = 16 * 1024 * 1024;
/** Connections at most; who comes then waits for one. */
const maxConnections = 512;

/**
 * A connection that broke, or did not answer in time: worth another try, as the pipeline's retry policy understands it.
 * (RestError sets its own prototype, so that it cannot be subclassed.)
 */
export type Unanswered = RestError & {
  /** Whether the request may have arrived: it was written to a connection. */
  reached: boolean;
};

export const isUnanswered = (error: unknown): error is Unanswered => isRestError(error) && 'reached' in error;

const unanswered = (message: string, reached: boolean, request: PipelineRequest, cause?: unknown): Unanswered =>
  Object.assign(new RestError(message, { code: RestError.REQUEST_SEND_ERROR, request }), { reached, cause });

/** How long a call may take. */
export interface Limits {
  /** Milliseconds from when the request is written until the whole answer is there. */
  timeoutMs: number;
  /** Until when, whatever it waits for; on the clock of `performance.now()`. */
  deadline: number;
  /** Aborted when it makes no sense to wait for a connection any longer; a request that was written goes on. */
  waiting: AbortSignal;
}

/** Sends requests to one origin. */
export interface PooledClient {
  /**
   * @throws Unanswered when there is no connection to be had, or it breaks, or no answer comes in time; the reason of `waiting`, or
   *   GraphError serviceNotAvailable, when all connections were in use until the end; GraphError with status 502
   */
  send(request: PipelineRequest, limits: Limits): Promise<PipelineResponse>;
}

/**
 * What the pipeline sends with, bound to one origin: it has no way to send anything elsewhere, and follows no redirect.
 * (Microsoft's own client costs a tenth of a millisecond more for each call: docs/decisions/0007-pooled-connections.md.)
 * @param baseUrl without trailing slash, in the spelling of `URL`
 * @param connectTimeoutMs milliseconds in which a connection must be there
 */
export function pooledClient(baseUrl: string, connectTimeoutMs: number): PooledClient {
  const { origin } = new URL(baseUrl);
  const pool = new Pool(origin, {
    connections: maxConnections,
    pipelining: 1,
    allowH2: false,
    connectTimeout: connectTimeoutMs,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: maxResponseBytes,
  });
  return {
    async send(request, limits) {
      if (!request.url.startsWith(`${origin}/`)) throw new Error(`${new URL(request.url).origin} is not ${origin}.`);
      limits.waiting.throwIfAborted();
      return new Promise((resolve, reject) => {
        pool.dispatch(
          {
            method: request.method,
            path: request.url.slice(origin.length),
            headers: request.headers.toJSON() as Record<string, string>,
            body: (request.body as string | undefined) ?? null,
          },
          handler(request, limits, resolve, reject),
        );
      });
    },
  };
}

/** Collects one answer. Settles once: after the time is up nothing that still arrives matters. */
function handler(
  request: PipelineRequest,
  { timeoutMs, deadline, waiting }: Limits,
  resolve: (response: PipelineResponse) => void,
  reject: (error: Error) => void,
): Dispatcher.DispatchHandler {
  const chunks: Buffer[] = [];
  let status = 0;
  let headers = createHttpHeaders();
  let isWritten = false;
  let isLate = false;
  const restMs = (): number => Math.max(1, Math.ceil(deadline - performance.now()));
  const giveUp = (error: Error): void => {
    isLate = true;
    stopWaiting();
    reject(error);
  };
  const pointless = (): void => giveUp(waiting.reason as Error);
  let timer = setTimeout(() => giveUp(noConnection()), restMs());
  waiting.addEventListener('abort', pointless);
  const stopWaiting = (): void => {
    clearTimeout(timer);
    waiting.removeEventListener('abort', pointless);
  };

  return {
    onRequestStart(controller) {
      if (isLate) {
        controller.abort(new Error('The time is up.'));
        return;
      }
      isWritten = true;
      stopWaiting();
      const ms = Math.min(timeoutMs, restMs());
      timer = setTimeout(() => {
        const error = unanswered(`There was no answer in ${ms} ms.`, true, request);
        giveUp(error);
        controller.abort(error);
      }, ms);
    },
    onResponseStart(_controller, statusCode, received) {
      status = statusCode;
      headers = createHttpHeaders(received as Record<string, string>);
    },
    onResponseData(_controller, chunk) {
      chunks.push(chunk);
    },
    onResponseEnd() {
      stopWaiting();
      resolve({ status, headers, request, bodyAsText: Buffer.concat(chunks).toString() });
    },
    onResponseError(_controller, error) {
      stopWaiting();
      reject(toFailure(error, isWritten, request));
    },
  };
}

/** Nothing is known of Graph by that. */
const noConnection = (): GraphError =>
  new GraphError('serviceNotAvailable', 'All connections to Microsoft Graph are in use. Try again later.', {
    headers: { 'Retry-After': '5' },
  });

/** An answer that is too large would be so again; everything else may go better the next time. */
const toFailure = (error: Error & { code?: string }, reached: boolean, request: PipelineRequest): Error =>
  error.code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE'
    ? new GraphError('generalException', 'Microsoft Graph answered with more than can be read.', {
        status: 502,
        cause: error,
      })
    : unanswered(error.message, reached, request, error);
