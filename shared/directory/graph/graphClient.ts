import {
  createDefaultHttpClient,
  createEmptyPipeline,
  createHttpHeaders,
  createPipelineRequest,
  RestError,
  retryPolicy,
  type HttpClient,
  type Pipeline,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { GraphError } from '../../contract/errors.ts';
import type { DirectoryCall } from '../port.ts';
import type { Breaker } from './breaker.ts';
import { claimsOf } from './claimsChallenge.ts';
import type { GraphTokens } from './graphTokens.ts';
import { observed } from './observed.ts';
import { patience, type Patience } from './patience.ts';

/** What Graph answered; `body` is parsed JSON, undefined where there is none. */
export interface GraphAnswer {
  status: number;
  header(name: string): string | undefined;
  body: Record<string, unknown> | undefined;
}

/** No answer came; `reached` says whether the request may have arrived all the same. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly reached: boolean;

  constructor(reached: boolean, cause: unknown) {
    super('Microsoft Graph did not answer.', { cause });
    this.reached = reached;
  }
}

export interface GraphClientOptions {
  /** Origin of Graph; nothing is ever sent elsewhere, and redirects are not followed. */
  baseUrl: string;
  tokens: GraphTokens;
  breaker: Breaker;
  /** Milliseconds that one call may take. */
  timeoutMs: number;
  patience: Patience;
  httpClient?: HttpClient;
}

/** Calls Graph for one request of one caller. */
export interface GraphClient {
  /** Until when the caller is to be answered, on the clock of `performance.now()`. */
  readonly deadline: number;
  /** A read: repeated while Graph is busy or the connection breaks, as long as the time allows. */
  get(path: string): Promise<GraphAnswer>;
  /** A write, sent once. */
  post(path: string, body: object): Promise<GraphAnswer>;
}

/**
 * Makes clients for callers. What of the caller's request goes on is listed here, and nothing else does:
 * the token that the credential gives, `client-request-id`, `traceparent` and the body.
 */
export function graphClients(options: GraphClientOptions): (call: DirectoryCall) => GraphClient {
  const { baseUrl, tokens, breaker, timeoutMs } = options;
  const http = tellingTimeouts(options.httpClient ?? createDefaultHttpClient());
  const once = createEmptyPipeline();
  const allowInsecureConnection = baseUrl.startsWith('http:');

  return (call) => {
    const deadline = performance.now() + options.patience.budgetMs;
    const repeating = createEmptyPipeline();
    repeating.addPolicy(retryPolicy([patience(options.patience, deadline)], { maxRetries: 100 }));
    const send = async (pipeline: Pipeline, method: 'GET' | 'POST', path: string, body?: object) => {
      const attempt = async (claims?: string): Promise<PipelineResponse> => {
        const token = await tokens.get(holderOf(call), claims);
        const request = createPipelineRequest({
          url: `${baseUrl}/${call.version}${path}`,
          method,
          timeout: timeoutMs,
          // Bounds the body, too, which `timeout` does not.
          abortSignal: AbortSignal.timeout(
            pipeline === once ? timeoutMs : Math.max(1, Math.ceil(deadline - performance.now())),
          ),
          allowInsecureConnection,
          headers: createHttpHeaders({
            authorization: `Bearer ${token}`,
            accept: 'application/json',
            'client-request-id': call.clientRequestId,
            ...(call.traceparent !== undefined && { traceparent: call.traceparent }),
            ...(body && { 'content-type': 'application/json' }),
          }),
          ...(body && { body: JSON.stringify(body) }),
        });
        return breaker.guard(() => pipeline.sendRequest(observed(http, call.called), request));
      };
      const first = await attempt();
      const claims = first.status === 401 ? claimsOf(first.headers.get('www-authenticate')) : undefined;
      return toAnswer(claims === undefined ? first : await attempt(claims));
    };
    return {
      deadline,
      get: (path) => send(repeating, 'GET', path),
      post: (path, body) => send(once, 'POST', path, body),
    };
  };
}

/** A call that takes too long is like one whose connection breaks: the library would not repeat it otherwise. */
const tellingTimeouts = (http: HttpClient): HttpClient => ({
  async sendRequest(request) {
    try {
      return await http.sendRequest(request);
    } catch (error) {
      const isTimeout = (error as Error).name === 'AbortError' && !request.abortSignal?.aborted;
      throw isTimeout
        ? new RestError('There was no answer in time.', { code: RestError.REQUEST_SEND_ERROR, request })
        : error;
    }
  },
});

const holderOf = ({ caller }: DirectoryCall) => {
  const token = caller.token?.();
  return {
    ...(token !== undefined && { token }),
    ...(caller.tenantId !== undefined && { tenantId: caller.tenantId }),
  };
};

function toAnswer({ status, headers, bodyAsText }: PipelineResponse): GraphAnswer {
  return { status, header: (name) => headers.get(name), body: parse(bodyAsText, status) };
}

function parse(text: string | null | undefined, status: number): GraphAnswer['body'] {
  if (!text) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('not an object');
    return value as Record<string, unknown>;
  } catch (cause) {
    if (status >= 500) return undefined; // A gateway on the way answers in HTML; the status says enough.
    throw new GraphError('generalException', 'Microsoft Graph answered something that is not JSON.', {
      status: 502,
      cause,
    });
  }
}
