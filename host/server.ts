import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Answer } from './answer.ts';
import type { LocalFunction } from './app.ts';
import { corsHeaders, isPreflight, preflightHeaders, type Cors } from './cors.ts';
import type { HostJson } from './hostJson.ts';
import { invoke } from './invoke.ts';
import { answerRefused } from './refused.ts';
import { buildRoutes, type RouteTable } from './routes.ts';
import { send } from './send.ts';
import { StartError } from './startError.ts';
import { readTarget } from './target.ts';

export interface FunctionsHostOptions {
  readonly hostJson: Pick<HostJson, 'routePrefix' | 'customHeaders'>;
  /** Without it no CORS header is ever sent, and a preflight is a request like any other. */
  readonly cors?: Cors;
  /** Key and certificate in PEM form; with them the host speaks HTTPS. */
  readonly tls?: { key: string; cert: string };
  /** Takes what handlers log, and why they failed. */
  readonly log: (line: string) => void;
}

export interface FunctionsHost {
  readonly rejected: RouteTable['rejected'];
  /**
   * @param port 0 for any free one
   * @returns where the host answers: `localhost` when it listens on all addresses
   * @throws StartError when it cannot listen there
   */
  listen(port: number, host: string): Promise<URL>;
  /** Refuses new connections, lets requests in flight finish for `graceMs` (default 5000), then cuts what is left. */
  stop(options?: { graceMs?: number }): Promise<void>;
}

/** Source: aspnetcore src/Servers/Kestrel/Core/src/KestrelServerLimits.cs */
const limits = { maxHeaderSize: 32_768, headersTimeout: 30_000, requestTimeout: 300_000, keepAliveTimeout: 130_000 };

/**
 * A small stand-in for the Azure Functions host in its default mode, for `npm start` and tests; never deployed.
 * It answers as the real host does, also where that is odd: test/host/vectors.json is what was recorded there.
 * @throws StartError for routes with which the real host does not start
 */
export function functionsHost(functions: readonly LocalFunction[], options: FunctionsHostOptions): FunctionsHost {
  const { hostJson, cors, log } = options;
  const routes = buildRoutes(functions, hostJson.routePrefix);
  const customHeaders = Object.entries(hostJson.customHeaders);
  const unread = new WeakMap<Duplex, ServerResponse>();
  const unused = new Set<Duplex>();
  let stopping = false;

  const { tls } = options;
  const listener: RequestListener = (request, response) => {
    unused.delete(request.socket);
    if (request.headers['transfer-encoding'] !== undefined) {
      unread.set(request.socket, response);
      response.once('close', () => unread.delete(request.socket));
    }
    const target = readTarget(request);
    if ('status' in target) {
      const { status, allow } = target;
      response.writeHead(status, { 'Content-Length': '0', Connection: 'close', ...(allow && { Allow: allow }) }).end();
      return;
    }
    const extra = cors ? [...Object.entries(corsHeaders(cors, request)), ...customHeaders] : customHeaders;
    const reply = (answer: Answer) => {
      if (stopping) response.shouldKeepAlive = false;
      send(response, answer, extra);
    };
    if (cors && isPreflight(request)) {
      reply({ status: 204, headers: preflightHeaders(cors, request), body: '' });
      return;
    }
    const match = target.path === pingPath ? undefined : routes.match(request.method ?? '', target.path);
    if (!match) {
      reply(withoutFunction(target.path));
      return;
    }
    void invoke(match, target, request, log).then(reply);
  };
  const serverOptions = { ...limits, requireHostHeader: false };
  const server = tls
    ? createSecureServer({ ...serverOptions, ...tls }, listener)
    : createServer(serverOptions, listener);
  server.on(tls ? 'secureConnection' : 'connection', (socket: Duplex) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  answerRefused(server, unread);

  return {
    rejected: routes.rejected,
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        const failed = (error: NodeJS.ErrnoException) => {
          reject(toStartError(error, port, host));
        };
        server.once('error', failed);
        server.listen(port, host, () => {
          server.off('error', failed);
          resolve(toUrl(tls ? 'https' : 'http', server.address() as AddressInfo));
        });
      }),
    stop({ graceMs = 5000 } = {}) {
      stopping = true;
      return new Promise((resolve) => {
        const cut = setTimeout(() => {
          server.closeAllConnections();
        }, graceMs);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        // node:http closes idle connections itself, but not those that never sent a request.
        for (const socket of unused) socket.destroy();
      });
    },
  };
}

const pingPath = '/admin/host/ping';
const homepage = '<!doctype html><title>Functions host</title><p>The local Functions host is running.</p>\n';

/** The answers of the host itself. */
function withoutFunction(path: string): Answer {
  if (path === pingPath) {
    return { status: 200, headers: { 'Cache-Control': 'no-store,no-cache', Pragma: 'no-cache' }, body: '' };
  }
  if (path !== '/') return { status: 404, headers: {}, body: '' };
  const length = String(Buffer.byteLength(homepage));
  return { status: 200, headers: { 'Content-Type': 'text/html', 'Content-Length': length }, body: homepage, length };
}

function toUrl(scheme: string, { address, family, port }: AddressInfo): URL {
  if (address === '0.0.0.0' || address === '::') return new URL(`${scheme}://localhost:${port}/`);
  return new URL(`${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${port}/`);
}

function toStartError({ code, message }: NodeJS.ErrnoException, port: number, host: string): StartError {
  switch (code) {
    case 'EADDRINUSE':
      return new StartError(
        `Port ${port} on ${host} is already in use; stop the other program or choose another port.`,
      );
    case 'EACCES':
      return new StartError(`There is no permission to listen on port ${port}; choose one above 1023.`);
    case 'EADDRNOTAVAIL':
      return new StartError(`The address ${host} does not belong to this machine.`);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartError(`The host name "${host}" is unknown.`);
    default:
      return new StartError(`The host cannot listen on ${host}:${port}: ${message}`);
  }
}
