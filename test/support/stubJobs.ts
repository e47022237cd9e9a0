import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the service answers to one request: a status, a body, headers. */
export type StubAnswer = readonly [status: number, body?: unknown, headers?: Record<string, string>];

export interface StubJobs {
  base: string;
  /** Method and path of each request, in order. */
  asked: string[];
  stop(): Promise<void>;
}

/** A job of the stub, as the service would show it. */
export const stubJob = (members: object = {}): object => ({
  id: stubId,
  status: 'running',
  createdDateTime: '2026-01-15T02:00:00Z',
  startedDateTime: '2026-01-15T02:00:01Z',
  endedDateTime: null,
  dryRun: false,
  rowCount: 4,
  createdCount: 0,
  unchangedCount: 0,
  rejectedCount: 0,
  notAttemptedCount: 0,
  rowsPerSecond: null,
  waitingUntilDateTime: null,
  unknownColumns: [],
  errorCode: null,
  errorMessage: null,
  ...members,
});

export const stubId = '5d0c7a56-1f3e-4b8a-9c52-6e1f0a7b3c4d';

/**
 * A service for what the real one does not do on demand: it vanishes, fails, and comes back.
 * @param answer by method and path, and by how often they were asked for
 * @param seen takes requests as they come
 */
export async function stubJobs(
  answer: (request: string, count: number) => StubAnswer,
  seen: (request: IncomingMessage) => unknown = () => undefined,
): Promise<StubJobs> {
  const asked: string[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const name = `${String(request.method)} ${String(request.url)}`;
    asked.push(name);
    seen(request);
    request.resume().on('end', () => {
      const [status, body, headers] = answer(name, asked.filter((one) => one === name).length);
      response.writeHead(status, headers);
      response.end(typeof body === 'string' || body === undefined ? body : JSON.stringify(body));
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    asked,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
