import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidRun } from './invalidRun.ts';
import { startServer, type ServerProcess } from './serverProcess.ts';
import { median, middleHalf } from './statistics.ts';
import { table } from './table.ts';

/**
 * What the gateway adds to a call: creates sent in turns to a directory and to a gateway before it, by the same client.
 * `npm run bench:gateway`; bench/README.md says how to read it.
 */
const rounds = 15;
const creates = 150;
/** How far away Microsoft Graph is at the least, in milliseconds. */
const distanceMs = 5;

const agent = new Agent({ keepAlive: true });
const folder = mkdtempSync(join(tmpdir(), 'registrar-bench-'));
const servers: ServerProcess[] = [];

try {
  await run();
} catch (error) {
  console.error(error instanceof InvalidRun ? `This run is INVALID. ${error.message}` : error);
  process.exitCode = 1;
} finally {
  agent.destroy();
  for (const server of servers) await server.stop('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}

async function run(): Promise<void> {
  const directory = await start(['.build/host/main.js'], { PORT: '0', DATA_DIR: folder });
  const distant = await start(['bench/passOn.ts', directory, String(distanceMs)]);
  const rows = [
    ...(await compared('on loopback', directory, {
      'the gateway': await gatewayBefore(directory),
      'a gateway that does nothing': await start(['bench/passOn.ts', directory]),
    })),
    ...(await compared(`${distanceMs} ms away`, distant, { 'the gateway (bar: 1.6)': await gatewayBefore(distant) })),
  ];
  console.log(
    table(['directory, and what stands before it', 'direct', 'through', 'added', 'ratio', ''], rows).join('\n'),
  );
}

function gatewayBefore(base: string): Promise<string> {
  return start(['.build/host/main.js'], {
    PORT: '0',
    DIRECTORY_MODE: 'graph',
    AUTH_MODE: 'passthrough',
    GRAPH_CREDENTIAL: 'callerToken',
    GRAPH_BASE_URL: base,
  });
}

async function start(args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const server = await startServer({ args, env: { LOCAL_STORAGE: 'none', ...env } });
  servers.push(server);
  return server.origin;
}

/** The slices of a round follow each other, so that what disturbs the machine meets all of them. */
async function compared(where: string, direct: string, ways: Record<string, string>): Promise<string[][]> {
  const bases = [direct, ...Object.values(ways)];
  for (const base of bases) await slice(base);
  const seen: number[][] = [];
  for (let round = 0; round < rounds; round += 1) {
    const times: number[] = [];
    for (const base of bases) times.push(await slice(base));
    seen.push(times);
  }
  return Object.keys(ways).map((name, index) => {
    const pairs = seen.map((times) => ({ direct: times[0] ?? NaN, through: times[index + 1] ?? NaN }));
    const ratios = pairs.map((pair) => pair.through / pair.direct);
    const ms = (values: number[]): string => `${median(values).toFixed(2)} ms`;
    const half = middleHalf(ratios).map((ratio) => ratio.toFixed(2));
    return [
      `${where}: ${name}`,
      ms(pairs.map((pair) => pair.direct)),
      ms(pairs.map((pair) => pair.through)),
      ms(pairs.map((pair) => pair.through - pair.direct)),
      median(ratios).toFixed(2),
      half.join(' … '),
    ];
  });
}

/** Creates sent one after the other; @returns their median in milliseconds. */
async function slice(base: string): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < creates; count += 1) times.push(await create(new URL(base)));
  return median(times);
}

/** @returns milliseconds */
function create({ hostname, port }: URL): Promise<number> {
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
        else reject(new InvalidRun(`A create was answered with ${String(answer.statusCode)}.`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
