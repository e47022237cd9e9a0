import { AsyncLocalStorage } from 'node:async_hooks';
import type { HttpClient, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';

/** What an authority said last, or that it could not be asked. */
export type Heard =
  | { host: string; answer: { status: number; retryAfterSeconds?: number; body: Readonly<Record<string, unknown>> } }
  | { host: string; unreachable: string };

/** Everything that is said for one token. */
export interface Conversation {
  /** Has it: requests of `talk` that go through `conversationClient` are overheard, and end with the deadline. */
  hold<T>(talk: () => Promise<T>): Promise<T>;
  heard(): Heard | undefined;
}

type Send = (request: PipelineRequest) => Promise<PipelineResponse>;

const current = new AsyncLocalStorage<Send>();

/**
 * The HTTP client of every credential: finds out by itself to which conversation a request belongs.
 * (Libraries keep the first client that they get for managed identities for as long as the process lives.)
 */
export const conversationClient: HttpClient = {
  sendRequest(request) {
    const send = current.getStore();
    return send ? send(request) : Promise.reject(new Error('A request that belongs to no conversation.'));
  },
};

/** An authority that wants more rest than this is not asked again by us; whoever waits for the token is told. */
const maxRestSeconds = 3;

/**
 * Listens to what an authority says: in their errors libraries tell less than that, and sometimes more than may be told.
 * @param client what requests are really sent with
 */
export function conversation(client: HttpClient, deadline: AbortSignal): Conversation {
  let last: Heard | undefined;
  return { hold: (talk) => current.run(send, talk), heard: () => last };

  async function send(request: PipelineRequest): Promise<PipelineResponse> {
    const { host } = new URL(request.url);
    const signals = [deadline, request.abortSignal as AbortSignal | undefined];
    request.abortSignal = AbortSignal.any(signals.filter((signal) => signal !== undefined));
    last = { host, unreachable: 'no answer in time' }; // What was said before is no answer to this.
    const response = await client.sendRequest(request).catch((error: unknown) => {
      last = { host, unreachable: codeOf(error) };
      throw error;
    });
    const { status, headers, bodyAsText } = response;
    const retryAfterSeconds = secondsOf(headers.get('retry-after'));
    last = {
      host,
      answer: { status, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }), body: objectIn(bodyAsText) },
    };
    // An error that is not about HTTP is not retried.
    if ((retryAfterSeconds ?? 0) > maxRestSeconds) throw new Error(`${host} wants ${retryAfterSeconds} s of rest.`);
    return response;
  }
}

const codeOf = (error: unknown): string => {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : String(name);
};

/** `Retry-After` in seconds, be it a number or a date. */
function secondsOf(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined) return undefined;
  const seconds = /^\d+$/.test(retryAfter)
    ? Number(retryAfter)
    : Math.ceil((Date.parse(retryAfter) - Date.now()) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

function objectIn(text: string | null | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {}; // A page of some proxy in between.
  }
}
