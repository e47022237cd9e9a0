import type { Cookie, HttpResponseInit } from '@azure/functions';
import { toSetCookie } from './setCookie.ts';

/** What goes to the client, before the host's own headers. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string | Uint8Array;
  /** The Content-Length among the headers, if there is one. */
  readonly length?: string | undefined;
}

/** A handler that failed: the client learns nothing more. */
export const failure: Answer = { status: 500, headers: {}, body: '' };

/**
 * Turns what a handler returned into an answer.
 * @throws whatever is wrong with it; the client then gets `failure`
 * Source: `@azure/functions` src/http/HttpResponse.ts and src/converters/toRpcHttp.ts
 */
export function toAnswer(returned: unknown): Answer | Promise<Answer> {
  if (returned === undefined || returned === null) return { status: 204, headers: {}, body: '' };
  if (typeof returned !== 'object') throw new TypeError(`A handler must return an object, not a ${typeof returned}.`);
  return readyAnswer(returned) ?? readAnswer(returned);
}

/** The short way for what our own functions return: text with a type and plain headers that need no change. */
function readyAnswer({ status = 200, headers, body, jsonBody, cookies }: HttpResponseInit): Answer | undefined {
  if (typeof body !== 'string' || !canHaveBody(status) || jsonBody !== undefined || cookies !== undefined) {
    return undefined;
  }
  if (typeof headers !== 'object' || Object.getPrototypeOf(headers) !== Object.prototype) return undefined;
  const plain = headers as Record<string, string>;
  let typed = false;
  let length: string | undefined;
  for (const name in plain) {
    const value = plain[name] as unknown;
    if (typeof value !== 'string' || !/^[!-~](?:[ -~]*[!-~])?$/.test(value)) return undefined;
    if (name.length === 12) typed ||= name.toLowerCase() === 'content-type';
    else if (name.length === 14 && name.toLowerCase() === 'content-length') length = value;
  }
  return typed ? { status, headers: plain, body, length } : undefined;
}

const canHaveBody = (status: number) =>
  Number.isInteger(status) && status >= 200 && status <= 599 && !bodiless.has(status);

/** Every other way: Node's Response checks and reads it. `HttpResponse` and `Response` are known by their reader. */
async function readAnswer(returned: object): Promise<Answer> {
  const response = 'arrayBuffer' in returned ? (returned as Response) : toResponse(returned);
  // Of several Set-Cookie headers only the last survives in the real host, and here.
  const sent: Record<string, string> = Object.fromEntries(response.headers);
  const { 'content-type': type, 'content-length': length, 'set-cookie': cookie } = sent;
  const headers: Record<string, string | string[]> = sent;
  if (type === '') delete headers['content-type'];
  if (response.status === 204) delete headers['content-length'];
  const body = new Uint8Array(await response.arrayBuffer());
  const { cookies = [] } = returned as { cookies?: Cookie[] };
  if (cookies.length > 0) headers['set-cookie'] = [...(cookie ? [cookie] : []), ...cookies.map(toSetCookie)];
  if (/[^\t -~]/.test(Object.values(headers).flat().join(''))) {
    // The real host meets the bad value only after it has set the type.
    return { ...failure, headers: type ? { 'content-type': type } : {} };
  }
  return { status: response.status, headers, body, length };
}

const bodiless = new Set<unknown>([204, 205, 304]);

function toResponse({ status, headers: given, body, jsonBody }: HttpResponseInit): Response {
  const headers = new Headers(given);
  const init = { headers, ...(status === undefined ? {} : { status }) };
  if (bodiless.has(status)) return new Response(null, init);
  if (jsonBody === undefined || jsonBody === null) {
    return new Response(body as ConstructorParameters<typeof Response>[0], init);
  }
  if (!headers.has('content-type')) headers.set('content-type', 'application/json');
  return new Response(JSON.stringify(jsonBody), init);
}
