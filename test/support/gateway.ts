import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openHost } from './openHost.ts';
import { send, type Answer } from './send.ts';
import type { Target } from './target.ts';

/** A gateway that hands on the caller's token; what it logs is no matter. */
export const gatewayTo = (base: string, env: Record<string, string> = {}): Promise<Target> =>
  openHost(
    {
      DIRECTORY_MODE: 'graph',
      AUTH_MODE: 'passthrough',
      GRAPH_CREDENTIAL: 'callerToken',
      GRAPH_BASE_URL: base,
      GRAPH_TIMEOUT_MS: '500',
      GRAPH_TIME_BUDGET_S: '2',
      ...env,
    },
    () => undefined,
  );

/** Graphs that a test plays, and the gateways before them. */
export interface Played {
  /** A gateway before a Graph that answers so. */
  before(listener: RequestListener, env?: Record<string, string>): Promise<Target>;
  /** A server that is stopped with the others. @returns its origin */
  serve(listener: RequestListener): Promise<string>;
  stop(): Promise<void>;
}

export function played(): Played {
  const servers: Server[] = [];
  const targets: Target[] = [];
  const self: Played = {
    async before(listener, env) {
      const target = await gatewayTo(await self.serve(listener), env);
      targets.push(target);
      return target;
    },
    async serve(listener) {
      const server = createServer(listener);
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    async stop() {
      for (const target of targets.splice(0)) await target.stop();
      for (const server of servers.splice(0)) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
  return self;
}

const headers = { authorization: 'Bearer adele', 'content-type': 'application/json' };

export const post = (target: { base: string }, path: string, body: unknown, more = {}): Promise<Answer> =>
  send(target.base, { method: 'POST', path, headers: { ...headers, ...more }, body: JSON.stringify(body) });

export const get = (target: { base: string }, path: string, more = {}): Promise<Answer> =>
  send(target.base, { method: 'GET', path, headers: { ...headers, ...more } });

export const remove = (target: { base: string }, path: string): Promise<Answer> =>
  send(target.base, { method: 'DELETE', path, headers });

export const bodyOf = ({ text }: Answer): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

export const errorOf = (
  answer: Answer,
): { code: string; message: string; details?: { code: string; message: string }[] } =>
  bodyOf(answer).error as { code: string; message: string };
