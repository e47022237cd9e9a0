import { setTimeout as pause } from 'node:timers/promises';
import {
  createEmptyPipeline,
  createHttpHeaders,
  createPipelineRequest,
  retryPolicy,
  type HttpClient,
  type HttpMethods,
  type Pipeline,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { GraphError } from '../../contract/errors.ts';
import type { DirectoryCall } from '../port.ts';
import type { Breaker } from './breaker.ts';
import { claimsOf } from './claimsChallenge.ts';
import type { GraphTokens, TokenHolder } from './graphTokens.ts';
import { inTime } from './inTime.ts';
import { NoAnswer } from './noAnswer.ts';
import { observed } from './observed.ts';
import { patience, type Patience } from './patience.ts';
import { isUnanswered, originClient } from './originClient.ts';

/** What Graph answered. */
export interface GraphAnswer {
  status: number;
  header(name: string): string | undefined;
  /** Parsed JSON; undefined where there is none. */
  body: Record<string, unknown> | undefined;
  /** What came as plain text. */
  text: string | undefined;
  /** How often the request was sent until this answer came. */
  attempts: number;
}

export interface GraphClientOptions {
  /** Address of Graph without version and trailing slash; nothing is ever sent to another origin. */
  baseUrl: string;
  tokens: GraphTokens;
  breaker: Breaker;
  /** Milliseconds that one call may take. */
  timeoutMs: number;
  patience: Patience;
}

/** What is sent besides method and path. */
export interface Sent {
  body?: object;
  /** For reads: `ConsistencyLevel: eventual`. */
  eventual?: boolean;
}

/** Calls Graph for one request of one caller. */
export interface GraphClient {
  /** Until when the caller is to be answered, on the clock of `performance.now()`. */
  readonly deadline: number;
  /** Something that may safely arrive twice: repeated while Graph is busy or the connection breaks, as the time allows. */
  repeat(method: HttpMethods, path: string, sent?: Sent): Promise<GraphAnswer>;
  /** Something that may not: sent once. */
  once(method: HttpMethods, path: string, sent?: Sent): Promise<GraphAnswer>;
  /**
   * Lets time pass between two attempts.
   * @throws GraphError serviceNotAvailable when it turns out meanwhile that Graph does not answer, or the app ends
   */
  wait(ms: number): Promise<void>;
}

/**
 * Makes clients for callers. What of the caller's request goes on is listed here, and nothing else does:
 * the token that the credential gives, `client-request-id`, `traceparent`, `ConsistencyLevel` and the body.
 */
export function graphClients(options: GraphClientOptions): (call: DirectoryCall) => GraphClient {
  const { baseUrl, tokens, breaker, timeoutMs } = options;
  const origin = originClient(baseUrl);
  const plain = createEmptyPipeline();
  const allowInsecureConnection = baseUrl.startsWith('http:');

  return (call) => {
    const deadline = performance.now() + options.patience.budgetMs;

    const send = async (
      pipeline: Pipeline,
      method: HttpMethods,
      path: string,
      sent: Sent = {},
    ): Promise<GraphAnswer> => {
      let attempts = 0;
      /** No call outlives the request that it is made for. */
      const told = observed({ sendRequest: (request) => origin.send(request, { timeoutMs, deadline }) }, call.called);
      const http: HttpClient = {
        sendRequest(request) {
          attempts += 1;
          delete request.abortSignal; // It was about the wait before this attempt.
          return breaker.guard(() => told.sendRequest(request));
        },
      };
      const attempt = async (claims?: string): Promise<PipelineResponse> => {
        const token = await inTime(tokens.get(holderOf(call), claims), deadline);
        const request = createPipelineRequest({
          url: `${baseUrl}/${call.version}${path}`,
          method,
          allowInsecureConnection,
          headers: createHttpHeaders(headersOf(call, token, sent)),
          ...(sent.body && { body: JSON.stringify(sent.body) }),
        });
        return pipeline.sendRequest(http, request).catch((error: unknown) => {
          if (isUnanswered(error)) throw new NoAnswer(error.reached, error);
          const { abortSignal } = request; // Only while it waits between two attempts.
          throw abortSignal?.aborted ? (abortSignal as AbortSignal).reason : error;
        });
      };
      const first = await attempt();
      const claims = first.status === 401 ? claimsOf(first.headers.get('www-authenticate')) : undefined;
      const answer = toAnswer(claims === undefined ? first : await attempt(claims), attempts);
      if (answer.status === 401 && !tokens.isCallers) throw tokenRefused(answer);
      return answer;
    };
    return {
      deadline,
      repeat: (method, path, sent) => send(repeating(options.patience, deadline, breaker), method, path, sent),
      once: (method, path, sent) => send(plain, method, path, sent),
      async wait(ms) {
        const { waiting } = breaker;
        await pause(ms, undefined, { signal: waiting }).catch(() => waiting.throwIfAborted());
      },
    };
  };
}

function repeating(how: Patience, deadline: number, breaker: Breaker): Pipeline {
  const pipeline = createEmptyPipeline();
  pipeline.addPolicy(retryPolicy([patience(how, deadline, () => breaker.waiting)], { maxRetries: 100 }));
  return pipeline;
}

const headersOf = (
  { clientRequestId, traceparent }: DirectoryCall,
  token: string,
  { body, eventual }: Sent,
): Record<string, string> => ({
  authorization: `Bearer ${token}`,
  accept: 'application/json',
  'client-request-id': clientRequestId,
  ...(traceparent !== undefined && { traceparent }),
  ...(eventual && { ConsistencyLevel: 'eventual' }),
  ...(body && { 'content-type': 'application/json' }),
});

const holderOf = ({ caller }: DirectoryCall): TokenHolder => {
  const token = caller.token?.();
  return {
    ...(caller.kind !== undefined && { kind: caller.kind }),
    ...(token !== undefined && { token }),
    ...(caller.tenantId !== undefined && { tenantId: caller.tenantId }),
  };
};

/** Nothing that the caller could mend, and no challenge that is meant for the caller. */
const tokenRefused = ({ body, header }: GraphAnswer): GraphError =>
  new GraphError('serviceNotAvailable', 'Microsoft Graph refuses the token of this service.', {
    cause: new Error(`Request ${header('request-id') ?? 'of unknown id'}: ${JSON.stringify(body?.error ?? {})}`),
  });

function toAnswer({ status, headers, bodyAsText }: PipelineResponse, attempts: number): GraphAnswer {
  const text = bodyAsText ?? '';
  const isPlain = /^text\/plain\b/i.test(headers.get('content-type') ?? '');
  return {
    status,
    attempts,
    header: (name) => headers.get(name),
    ...(isPlain ? { text, body: undefined } : { text: undefined, body: parse(text, status) }),
  };
}

function parse(text: string, status: number): GraphAnswer['body'] {
  if (text === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('not an object');
    return value as Record<string, unknown>;
  } catch (cause) {
    if (status >= 400) return undefined; // Whoever stands on the way answers in HTML; status and headers say enough.
    throw new GraphError('generalException', 'Microsoft Graph answered something that is not JSON.', {
      status: 502,
      cause,
    });
  }
}
