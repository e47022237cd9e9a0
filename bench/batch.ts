import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import graph, { type BatchRequestStep } from '@microsoft/microsoft-graph-client';
import { findCores } from './cores.ts';
import { InvalidRun } from './invalidRun.ts';
import { startServer, type ServerProcess } from './serverProcess.ts';
import { median, middleHalf } from './statistics.ts';
import { table } from './table.ts';

/**
 * What a batch saves: creates sent by an official client one by one, and twenty in one request, in turns. `npm run bench:batch`;
 * bench/README.md says how to read it.
 */
const rounds = 15;
/** Rows of one slice: about the same time goes into both. */
const rows = { single: 200, batched: 1200 };
const rowsInBatch = 20;
/** How many times as many rows per second a batch must create. */
const bar = 5;

const { BatchRequestContent, Client } = graph;
const folder = mkdtempSync(join(tmpdir(), 'registrar-bench-batch-'));
let server: ServerProcess | undefined;
try {
  const cores = findCores();
  const command = {
    args: ['.build/host/main.js', '--https'],
    env: { PORT: '0', DATA_DIR: folder, LOCAL_STORAGE: 'none' },
  };
  server = await startServer(command, cores?.server);
  // App and client have a core each, so that neither pushes the other aside.
  if (cores) spawnSync('taskset', ['-acp', String(cores.client), String(process.pid)]);
  // The client insists on HTTPS.
  setDefaultCACertificates([...getCACertificates(), readFileSync(join(folder, 'https', 'localhost.crt'), 'utf8')]);
  await run(server);
} catch (error) {
  console.error(error instanceof InvalidRun ? `This run is INVALID. ${error.message}` : error);
  process.exitCode = 1;
} finally {
  await server?.stop('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}

async function run(app: ServerProcess): Promise<void> {
  const base = app.origin;
  const client = Client.init({
    baseUrl: `${base}/`,
    customHosts: new Set([new URL(base).hostname]),
    authProvider: (done) => {
      done(null, 'adele');
    },
  });
  const singly = async (): Promise<void> => {
    for (let row = 0; row < rows.single; row += 1) await client.api('/devices').post(device());
  };
  const inBatches = async (): Promise<void> => {
    for (let row = 0; row < rows.batched; row += rowsInBatch) await createTwenty();
  };
  async function createTwenty(): Promise<void> {
    const steps = Array.from({ length: rowsInBatch }, (_, row): BatchRequestStep => ({
      id: String(row),
      request: new Request(`${base}/devices`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(device()),
      }),
    }));
    const content = await new BatchRequestContent(steps).getContent();
    const { responses } = (await client.api('/$batch').post(content)) as { responses: { status: number }[] };
    const created = responses.filter(({ status }) => status === 201).length;
    if (created !== rowsInBatch) throw new InvalidRun(`Of a batch ${created} were answered with 201.`);
  }

  const slice = async (create: () => Promise<void>, count: number): Promise<Slice> => {
    const [begun, cpuMs] = [performance.now(), app.cpuMs()];
    await create();
    return { perSecond: (count / (performance.now() - begun)) * 1000, cpuUs: ((app.cpuMs() - cpuMs) / count) * 1000 };
  };
  const round = async (): Promise<{ single: Slice; batched: Slice }> => ({
    single: await slice(singly, rows.single),
    batched: await slice(inBatches, rows.batched),
  });

  await round();
  const seen: Awaited<ReturnType<typeof round>>[] = [];
  for (let count = 0; count < rounds; count += 1) seen.push(await round());
  const ratios = seen.map(({ single, batched }) => batched.perSecond / single.perSecond);
  const figures = (figure: (slice: Slice) => number): string[] => [
    median(seen.map(({ single }) => figure(single))).toFixed(0),
    median(seen.map(({ batched }) => figure(batched))).toFixed(0),
  ];
  const half = middleHalf(ratios).map((ratio) => ratio.toFixed(2));
  const verdict = median(ratios) >= bar ? 'ok' : 'miss';
  const lines = [
    [
      'durable creates per second',
      ...figures(({ perSecond }) => perSecond),
      median(ratios).toFixed(2),
      half.join(' … '),
      verdict,
    ],
    ['CPU of the app per create, µs', ...figures(({ cpuUs }) => cpuUs)],
  ];
  console.log(table(['', 'one by one', 'by twenty', 'ratio', 'middle half', `≥ ${bar}`], lines).join('\n'));
}

interface Slice {
  perSecond: number;
  cpuUs: number;
}

function device(): object {
  return {
    accountEnabled: true,
    alternativeSecurityIds: [{ type: 2, key: 'Y3YxN2E1MWFlYw==' }],
    deviceId: randomUUID(),
    displayName: 'Bench device',
    operatingSystem: 'linux',
    operatingSystemVersion: '1',
  };
}
