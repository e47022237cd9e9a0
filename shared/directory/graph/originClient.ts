import {
  createDefaultHttpClient,
  isRestError,
  RestError,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { GraphError } from '../../contract/errors.ts';

/** Largest answer in bytes that is read; a page of 999 devices has about two million. */
const maxResponseBytes = 16 * 1024 * 1024;

/**
 * A connection that broke, or did not answer in time: worth another try, as the pipeline's retry policy understands it.
 * (RestError sets its own prototype, so that it cannot be subclassed.)
 */
export type Unanswered = RestError & {
  /** Whether the request may have arrived. */
  reached: boolean;
};

export const isUnanswered = (error: unknown): error is Unanswered => isRestError(error) && 'reached' in error;

const unanswered = (message: string, reached: boolean, request: PipelineRequest, cause: unknown): Unanswered =>
  Object.assign(new RestError(message, { code: RestError.REQUEST_SEND_ERROR, request }), { reached, cause });

/** How long a call may take. */
export interface Limits {
  /** Milliseconds until the whole answer is there. */
  timeoutMs: number;
  /** Until when, whatever it waits for; on the clock of `performance.now()`. */
  deadline: number;
}

/** Sends requests to one origin. */
export interface OriginClient {
  /**
   * The time of a call includes its answer's body, whose size is bounded.
   * @throws Unanswered when there is no connection to be had, or it breaks, or no answer comes in time; GraphError with status 502
   */
  send(request: PipelineRequest, limits: Limits): Promise<PipelineResponse>;
}

/** Every answer comes as a stream, and is read here. */
const everyStatus = new Set([Number.POSITIVE_INFINITY]);

/**
 * The pipeline's own HTTP client, bound to one origin: it has no way to send anything elsewhere, and follows no redirect.
 * @param baseUrl without trailing slash, in the spelling of `URL`
 */
export function originClient(baseUrl: string): OriginClient {
  const { origin } = new URL(baseUrl);
  const http = createDefaultHttpClient();
  return {
    async send(request, { timeoutMs, deadline }) {
      if (!request.url.startsWith(`${origin}/`)) throw new Error(`${new URL(request.url).origin} is not ${origin}.`);
      const ms = Math.min(timeoutMs, Math.max(1, Math.ceil(deadline - performance.now())));
      const over = new AbortController();
      const timer = setTimeout(() => over.abort(), ms);
      request.abortSignal = over.signal;
      request.streamResponseStatusCodes = everyStatus;
      try {
        const { status, headers, readableStreamBody } = await http.sendRequest(request);
        return { request, status, headers, bodyAsText: await textOf(readableStreamBody) };
      } catch (error) {
        if (error instanceof GraphError) throw error;
        if (over.signal.aborted) throw unanswered(`There was no answer in ${ms} ms.`, true, request, error);
        throw unanswered((error as Error).message, !wasNeverSent(error), request, error);
      } finally {
        clearTimeout(timer);
        delete request.abortSignal;
      }
    },
  };
}

/** @throws GraphError with status 502 when it is too long: it would be so again */
async function textOf(stream: NodeJS.ReadableStream | undefined): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of (stream ?? []) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxResponseBytes) {
      throw new GraphError('generalException', 'Microsoft Graph answered with more than can be read.', { status: 502 });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** Errors of a connection that was never made, or whose other end could not prove who it is. */
const neverMade =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED|UNABLE_TO_|ERR_TLS_)/;

const wasNeverSent = (error: unknown): boolean => neverMade.test(String((error as { code?: unknown }).code));
