import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildColdApps, type ColdApps } from './coldApps.ts';
import { InvalidRun } from './invalidRun.ts';

/** CPU milliseconds of the whole process, from its start until its first answer. */
export interface ColdStart {
  readonly name: string;
  readonly empty: number;
  readonly ours: number;
}

/** One way in which the app may be configured, and what it is asked first. */
interface Case {
  readonly name: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly env: Readonly<Record<string, string>>;
}

const id = '98b7e341-e341-98b7-41e3-b79841e3b798';

/** @param others origin that stands for Microsoft Graph and for Application Insights */
function casesOf(others: string): Case[] {
  const telemetry = {
    APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=${id};IngestionEndpoint=https://127.0.0.1:1/`,
    TELEMETRY_ENDPOINT: `${others}/v2.1`,
    WEBSITE_SITE_NAME: 'registrar',
    FUNCTIONS_EXTENSION_VERSION: '~4',
    DIRECTORY_MODE: 'graph',
  };
  const passthrough = {
    ...telemetry,
    AUTH_MODE: 'passthrough',
    GRAPH_CREDENTIAL: 'callerToken',
    GRAPH_BASE_URL: others,
  };
  const entra = {
    ...telemetry,
    AUTH_MODE: 'entra',
    ENTRA_TENANT_IDS: id,
    ENTRA_AUDIENCES: 'api://registrar',
    GRAPH_CREDENTIAL: 'managedIdentity',
    GRAPH_TENANT_ID: id,
  };
  const path = `/v1.0/devices/${id}`;
  return [
    { name: 'health, token passed on', path: '/health', status: 200, env: passthrough },
    { name: 'refused, token passed on', path, status: 401, env: passthrough },
    {
      name: 'served, token passed on',
      path,
      headers: { authorization: 'Bearer adele' },
      status: 200,
      env: passthrough,
    },
    { name: 'health, token checked', path: '/health', status: 200, env: entra },
    { name: 'refused, token checked', path, headers: { authorization: 'Bearer adele' }, status: 401, env: entra },
  ];
}

/**
 * Starts the empty app and ours in turns, each as the Functions worker would, and asks each for one answer.
 * @param folder an empty one
 * @throws InvalidRun when a start fails, or an answer is not the right one
 */
export async function measureColdStarts(count: number, folder: string): Promise<ColdStart[]> {
  const apps = await buildColdApps(folder);
  const others = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ id }));
  });
  const cases = casesOf(await listen(others));
  const starts: ColdStart[] = [];
  for (let round = 0; round < count; round++) {
    for (const each of cases) {
      const cold = { path: '/health', status: 200, env: {} };
      const turns = [() => cpuOf(apps, apps.empty, cold), () => cpuOf(apps, apps.ours, each)] as const;
      const isTurned = round % 2 === 1;
      const first = await turns[isTurned ? 1 : 0]();
      const second = await turns[isTurned ? 0 : 1]();
      starts.push({ name: each.name, empty: isTurned ? second : first, ours: isTurned ? first : second });
    }
  }
  others.close();
  return starts;
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function cpuOf(
  { worker }: ColdApps,
  app: string,
  { path, headers = {}, status, env }: Omit<Case, 'name'>,
): Promise<number> {
  const child = fork(worker, { cwd: app, env: { FUNCTIONS_WORKER_RUNTIME: 'node', ...env }, execArgv: [] });
  try {
    const { base } = await next<{ base: string }>(child);
    const answer = await fetch(base + path, { headers });
    await answer.text();
    if (answer.status !== status)
      throw new InvalidRun(`${path} was answered with ${answer.status} after a cold start.`);
    child.send('cpuUsage');
    const { user, system } = await next<NodeJS.CpuUsage>(child);
    return (user + system) / 1000;
  } finally {
    child.kill('SIGKILL');
  }
}

async function next<Message>(child: ChildProcess): Promise<Message> {
  const ended = once(child, 'exit').then(() => undefined);
  const message = await Promise.race([once(child, 'message'), ended]);
  if (!message) throw new InvalidRun('The app ended before its first answer.');
  return message[0] as Message;
}
