import {
  createHttpHeaders,
  isRestError,
  RestError,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import type { Dispatcher, Pool } from 'undici';
import { GraphError } from '../../contract/errors.ts';

/** Largest answer in bytes that is read; a page of 999 devices has about two million. */
const maxResponseBytes = 16 * 1024 * 1024;
/** Connections at most; who comes then waits for one, within the time of the call. */
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

/**
 * The HTTP client of the pipeline, bound to one origin: it has no way to send anything elsewhere, and follows no redirect.
 * A call ends with `request.timeout`, body included.
 * (Microsoft's own client costs a tenth of a millisecond more for each call: docs/decisions/0007-pooled-connections.md.)
 * @param baseUrl without trailing slash
 */
export function pooledClient(baseUrl: string): HttpClient {
  const { origin } = new URL(baseUrl);
  let pool: Promise<Pool> | undefined;
  return {
    async sendRequest(request) {
      if (!request.url.startsWith(`${origin}/`)) throw new Error(`${new URL(request.url).origin} is not ${origin}.`);
      const connections = await (pool ??= openPool(origin));
      return new Promise((resolve, reject) => {
        connections.dispatch(
          {
            method: request.method,
            path: request.url.slice(origin.length),
            headers: request.headers.toJSON() as Record<string, string>,
            body: (request.body as string | undefined) ?? null,
          },
          handler(request, resolve, reject),
        );
      });
    },
  };
}

/** The library is loaded with the first call. */
async function openPool(origin: string): Promise<Pool> {
  const { Pool } = await import('undici');
  return new Pool(origin, {
    connections: maxConnections,
    pipelining: 1,
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: maxResponseBytes,
  });
}

/** Collects one answer. Settles once: after the time is up nothing that still arrives matters. */
function handler(
  request: PipelineRequest,
  resolve: (response: PipelineResponse) => void,
  reject: (error: Error) => void,
): Dispatcher.DispatchHandler {
  const chunks: Buffer[] = [];
  let status = 0;
  let headers = createHttpHeaders();
  let sender: Dispatcher.DispatchController | undefined;
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    const error = unanswered(`There was no answer in ${request.timeout} ms.`, sender !== undefined, request);
    sender?.abort(error);
    reject(error);
  }, request.timeout);

  return {
    onRequestStart(controller) {
      sender = controller;
      if (isLate) controller.abort(new Error('The time is up.'));
    },
    onResponseStart(_controller, statusCode, received) {
      status = statusCode;
      headers = createHttpHeaders(received as Record<string, string>);
    },
    onResponseData(_controller, chunk) {
      chunks.push(chunk);
    },
    onResponseEnd() {
      clearTimeout(timer);
      resolve({ status, headers, request, bodyAsText: Buffer.concat(chunks).toString() });
    },
    onResponseError(_controller, error) {
      clearTimeout(timer);
      reject(toFailure(error, sender !== undefined, request));
    },
  };
}

/** An answer that is too large would be so again; everything else may go better the next time. */
const toFailure = (error: Error & { code?: string }, reached: boolean, request: PipelineRequest): Error =>
  error.code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE'
    ? new GraphError('generalException', 'Microsoft Graph answered with more than can be read.', {
        status: 502,
        cause: error,
      })
    : unanswered(error.message, reached, request, error);
