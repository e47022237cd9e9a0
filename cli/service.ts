import { setTimeout as wait } from 'node:timers/promises';
import { CommandError, RefusedError } from './commandError.ts';
import { exitCodes } from './exitCodes.ts';
import { messageOf, reasonOf } from './reasons.ts';

export interface Call {
  method: 'GET' | 'POST' | 'DELETE';
  /** Behind the address of the service; begins with a slash. */
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: Buffer;
}

/** A good answer, with the whole of its body. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

export interface ServiceOptions {
  url: string;
  token: string;
  /** How long to wait for a service that does not answer, in seconds. */
  patience: number;
  /** Ends calls and waiting at once. */
  signal?: AbortSignal;
  /** Takes why there is a wait, one line. */
  note(line: string): void;
}

export interface Service {
  /**
   * Sends a request until it is answered; so it must be one that may be sent twice.
   * @throws RefusedError for 4xx; CommandError when patience ends, or when the service has never been reached
   */
  call(call: Call): Promise<Answer>;
}

/** Milliseconds that one answer may take, with its body; and one to a manifest, which is sent first. */
const timeoutMs = 120_000;
const uploadTimeoutMs = 600_000;

/** Longest wait between two tries, in seconds, where the service does not ask for one. */
const longestWait = 8;

const isPassing = (status: number): boolean => status >= 500 || status === 429 || status === 408;

/** The service behind an address, asked as somebody. Restarts of it are waited for. */
export function openService({ url, token, patience, signal, note }: ServiceOptions): Service {
  let hasAnswered = false;

  const attempt = async ({ method, path, headers, body }: Call): Promise<Answer> => {
    const timeout = AbortSignal.timeout(body ? uploadTimeoutMs : timeoutMs);
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body && { body: new Uint8Array(body) }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  return {
    async call(call) {
      const end = Date.now() + patience * 1000;
      for (let tries = 0; ; tries += 1) {
        const answer = await attempt(call).catch((error: unknown) => {
          signal?.throwIfAborted();
          return reasonOf(error);
        });
        const wasReached = hasAnswered || typeof answer !== 'string';
        hasAnswered = wasReached;
        if (typeof answer !== 'string' && !isPassing(answer.status)) {
          if (answer.status < 400) return answer;
          throw new RefusedError(answer.status, messageOf(answer));
        }
        const reason = typeof answer === 'string' ? answer : messageOf(answer);
        const seconds =
          (typeof answer === 'string' ? undefined : retryAfter(answer)) ?? Math.min(longestWait, 2 ** tries);
        if (!wasReached || Date.now() + seconds * 1000 > end) {
          throw new CommandError(exitCodes.failed, `${url} cannot be reached: ${reason}`);
        }
        note(`Waiting for the service: ${reason}`);
        await wait(seconds * 1000, undefined, signal && { signal });
      }
    },
  };
}

/** @returns the seconds that an answer asks to wait, where it does */
export function retryAfter({ headers }: Pick<Answer, 'headers'>): number | undefined {
  const text = headers.get('retry-after') ?? '';
  return /^\d{1,5}$/.test(text) ? Number(text) : undefined;
}
