import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';

/** A question as it reached the authority. */
export interface Asked {
  method: string;
  /** The host that the client meant to ask. */
  host: string;
  path: string;
  headers: IncomingMessage['headers'];
  /** The fields of the form, or of the query. */
  fields: Record<string, string>;
}

/** What the authority says instead of giving a token; `hang` says nothing at all. */
export type Said = { status: number; headers?: Record<string, string>; body: unknown } | 'hang';

/**
 * Microsoft Entra's token endpoint, and App Service's endpoint for managed identities, on loopback.
 * It gives a new token to everybody who asks, and remembers what it was asked.
 */
export interface FakeAuthority {
  /** Origin, such as `http://127.0.0.1:49152`. */
  base: string;
  asked: Asked[];
  /** Leads the libraries here, whichever host they mean to ask. */
  httpClient: HttpClient;
  /** Says this, once for each; then tokens again. */
  next(...said: Said[]): void;
  /** Further members of the answers with a token, such as `expires_in`. */
  answer: Record<string, unknown>;
  /** Milliseconds until an answer. */
  delayMs: number;
  close(): Promise<void>;
}

const meantHost = 'x-meant-for';

export interface AuthorityOptions {
  /** With a certificate it is reached over https, as the libraries want it, by whoever trusts it. */
  tls?: { key: string; cert: string };
  /** The keys that it publishes. */
  keys?: readonly object[];
}

export async function fakeAuthority({ tls, keys = [] }: AuthorityOptions = {}): Promise<FakeAuthority> {
  const sayings: Said[] = [];
  let tokens = 0;
  const listener: RequestListener = (request, response) => void serve(request, response);
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const usual = createDefaultHttpClient();

  const authority: FakeAuthority = {
    base,
    asked: [],
    answer: {},
    delayMs: 0,
    next: (...said) => void sayings.push(...said),
    httpClient: {
      async sendRequest(request) {
        const meant = request.url;
        const url = new URL(meant);
        request.headers.set(meantHost, url.host);
        request.url = base + url.pathname + url.search;
        request.allowInsecureConnection = true;
        try {
          return await usual.sendRequest(request);
        } finally {
          request.url = meant;
        }
      },
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return authority;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk as string;
    const url = new URL(request.url ?? '/', base);
    const fields = Object.fromEntries([...url.searchParams, ...new URLSearchParams(text)]);
    const { method = '', headers } = request;
    authority.asked.push({ method, host: String(headers[meantHost]), path: url.pathname, headers, fields });
    const published = document(
      url.pathname,
      headers[meantHost] === undefined ? base : `https://${String(headers[meantHost])}`,
    );
    if (published) {
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify(published));
      return;
    }
    if (authority.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, authority.delayMs));
    const said = sayings.shift() ?? { status: 200, body: tokenAnswer(fields, authority.answer) };
    if (said === 'hang') return;
    response.writeHead(said.status, { 'Content-Type': 'application/json', ...said.headers });
    response.end(typeof said.body === 'string' ? said.body : JSON.stringify(said.body));
  }

  /** What the authority tells everybody: where its parts are, and its keys. */
  function document(path: string, origin: string): object | undefined {
    const [, tenant = '', rest = ''] = /^\/([^/]+)\/(.+)$/.exec(path) ?? [];
    if (rest === 'discovery/v2.0/keys') return { keys };
    if (rest !== 'v2.0/.well-known/openid-configuration') return undefined;
    return {
      issuer: `${origin}/${tenant}/v2.0`,
      authorization_endpoint: `${origin}/${tenant}/oauth2/v2.0/authorize`,
      token_endpoint: `${origin}/${tenant}/oauth2/v2.0/token`,
      jwks_uri: `${origin}/${tenant}/discovery/v2.0/keys`,
    };
  }

  function tokenAnswer(fields: Record<string, string>, more: Record<string, unknown>): object {
    const access_token = `token-${++tokens}`;
    if (fields['api-version'] === undefined) return { token_type: 'Bearer', expires_in: 3600, access_token, ...more };
    const expires_on = Math.floor(Date.now() / 1000) + 3600;
    return { token_type: 'Bearer', resource: fields.resource, expires_on, access_token, ...more };
  }
}
