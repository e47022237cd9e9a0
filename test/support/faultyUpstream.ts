import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** What may go wrong with one call. */
const faults = ['429', '503', 'resetBefore', 'resetAfter', '503After', 'silentAfter'] as const;
export type Fault = (typeof faults)[number];

export interface FaultyUpstream {
  base: string;
  /** Share of the calls that go wrong; may be changed at any time. */
  rate: number;
  /** How often each fault was injected. */
  injected: Map<Fault, number>;
  /** Headers of the calls that came, as they came. */
  headers: IncomingMessage['headers'][];
  /** Answers the next calls so, one for each, and does not hand them on. */
  next(...answers: Scripted[]): void;
  stop(): Promise<void>;
}

/** An answer made up by a test. */
export interface Scripted {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/**
 * Stands between a gateway and a directory, and lets a share of the calls go wrong: before they arrive or, worse, after.
 * @param random from 0 to 1; a seeded one repeats a run
 * @param tls with it the gateway is served over https
 */
export async function faultyUpstream(
  target: string,
  rate = 0,
  random = () => 1,
  tls?: { key: string; cert: string },
): Promise<FaultyUpstream> {
  const script: Scripted[] = [];
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(target);
  const injected = new Map<Fault, number>();
  const headers: IncomingMessage['headers'][] = [];

  const listener: RequestListener = (request, response) => {
    headers.push(request.headers);
    const scripted = script.shift();
    if (scripted) {
      request.resume();
      const { status, headers: told, body = {} } = scripted;
      response.writeHead(status, { 'Content-Type': 'application/json', ...told }).end(JSON.stringify(body));
      return;
    }
    const fault = random() < upstream.rate ? faults[Math.floor(random() * faults.length)] : undefined;
    if (fault) injected.set(fault, (injected.get(fault) ?? 0) + 1);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (fault === '429') refuse(response, 429, { 'Retry-After': '0' });
      else if (fault === '503') refuse(response, 503, {});
      else if (fault === 'resetBefore') request.socket.destroy();
      else forward(request, response, Buffer.concat(chunks), fault);
    });
  };
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);

  function forward(request: IncomingMessage, response: ServerResponse, body: Buffer, fault: Fault | undefined): void {
    const { method, url: path } = request;
    const sent = { ...request.headers, ...(tls && { 'x-forwarded-proto': 'https' }) };
    const onward = httpRequest({ hostname, port, method, path, headers: sent, agent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        if (fault === 'resetAfter') request.socket.destroy();
        else if (fault === '503After') refuse(response, 503, {});
        else if (fault !== 'silentAfter') {
          response.writeHead(answer.statusCode ?? 500, answer.headers).end(Buffer.concat(chunks));
        }
      });
    });
    onward.on('error', () => request.socket.destroy());
    onward.end(body);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const upstream: FaultyUpstream = {
    base: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rate,
    injected,
    headers,
    next: (...answers) => void script.push(...answers),
    async stop() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return upstream;
}

function refuse(response: ServerResponse, status: number, headers: Record<string, string>): void {
  const code = status === 429 ? 'TooManyRequests' : 'serviceNotAvailable';
  const body = JSON.stringify({ error: { code, message: 'Please retry again later.' } });
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(body);
}

/** A random number generator that a seed determines (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
