import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * What the gateway adds to a call: creates sent in turns to a directory and to a gateway before it, by the same client.
 * `npm run bench:gateway`
 */
const rounds = 15;
const callsPerRound = 200;

const agent = new Agent({ keepAlive: true });
const children: ChildProcess[] = [];
const folder = mkdtempSync(join(tmpdir(), 'registrar-bench-'));

/** Starts the built app; @returns its origin. */
function start(env: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, ['.build/host/main.js'], {
    env: { PATH: process.env.PATH, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const address = /listens on (http\S+)/.exec(text)?.[1];
      if (address) resolve(address);
    });
    child.on('exit', () => reject(new Error(`The app did not start: ${text}`)));
  });
}

/** Creates one device; @returns milliseconds. */
function create(base: string): Promise<number> {
  const { hostname, port } = new URL(base);
  const body = JSON.stringify({
    accountEnabled: true,
    alternativeSecurityIds: [{ type: 2, key: 'Y3YxN2E1MWFlYw==' }],
    deviceId: randomUUID(),
    displayName: 'Bench device',
    operatingSystem: 'linux',
    operatingSystemVersion: '1',
  });
  const headers = {
    authorization: 'Bearer adele',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, agent, method: 'POST', path: '/v1.0/devices', headers }, (answer) => {
      answer.resume();
      answer.on('end', () => {
        if (answer.statusCode === 201) resolve(performance.now() - begun);
        else reject(new Error(`status ${String(answer.statusCode)}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function medianOf(base: string): Promise<number> {
  const times: number[] = [];
  for (let call = 0; call < callsPerRound; call += 1) times.push(await create(base));
  return median(times);
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

try {
  const direct = await start({ DATA_DIR: folder });
  const gateway = await start({
    DIRECTORY_MODE: 'graph',
    AUTH_MODE: 'passthrough',
    GRAPH_CREDENTIAL: 'callerToken',
    GRAPH_BASE_URL: direct,
  });
  for (const base of [direct, gateway]) await medianOf(base);
  const pairs: { direct: number; through: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    pairs.push({ direct: await medianOf(direct), through: await medianOf(gateway) });
  }
  const shown = (pick: (pair: (typeof pairs)[number]) => number): string => median(pairs.map(pick)).toFixed(2);
  console.log(`direct  ${shown((pair) => pair.direct)} ms`);
  console.log(`gateway ${shown((pair) => pair.through)} ms`);
  console.log(
    `ratio   ${shown((pair) => pair.through / pair.direct)} (bar: 1.6), added ${shown((pair) => pair.through - pair.direct)} ms`,
  );
} finally {
  agent.destroy();
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
}
