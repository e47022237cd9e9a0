import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { Client, HTTPMessageHandler } from '@microsoft/microsoft-graph-client';
import { deviceHead, deviceRows } from '../tools/deviceRows.ts';
import { InvalidRun } from './invalidRun.ts';
import { startServer, type ServerProcess } from './serverProcess.ts';
import { product, withStorage } from './servers.ts';
import { table } from './table.ts';

/**
 * What a job is worth: its devices per second against a loop of single creates by the official client, and the memory that a large
 * manifest takes against a small one. `npm run bench:bulk`; other numbers of rows: `npm run bench:bulk -- 20000 200000`
 */
const [jobRows = 100_000, largeRows = 1_000_000] = process.argv.slice(2).map(Number);
const smallRows = 10_000;
/** Single creates that are timed. */
const singles = 3000;
/** Bars: devices per second of a job to those of single creates, and memory of the large file to that of the small one. */
const speedBar = 4;
const memoryBar = 1.25;

/** The part of a job that is looked at. */
interface Job {
  id: string;
  status: string;
  createdCount: number;
}

const folders: string[] = [];
let server: ServerProcess | undefined;
try {
  await run();
} catch (error) {
  console.error(error instanceof InvalidRun ? `This run is INVALID. ${error.message}` : error);
  process.exitCode = 1;
} finally {
  await server?.stop('SIGTERM');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

async function run(): Promise<void> {
  const single = await singleCreates();
  const job = await oneJob();
  const small = await memoryOf(smallRows);
  const large = await memoryOf(largeRows);
  const mb = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MB`;
  const rows = [
    [
      `devices per second: ${jobRows} rows in a job`,
      single.toFixed(0),
      job.toFixed(0),
      (job / single).toFixed(2),
      `≥ ${speedBar}`,
    ],
    [`memory at most: a file of ${largeRows} rows`, mb(small), mb(large), (large / small).toFixed(2), `≤ ${memoryBar}`],
  ];
  console.log(table(['', 'single creates; 10,000 rows', 'job; large file', 'ratio', 'bar'], rows).join('\n'));
}

/** Starts the app with storage, in a folder of its own. */
async function open(env: Record<string, string> = {}): Promise<{ base: string; folder: string; pid: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-bench-bulk-'));
  folders.push(folder);
  const command = withStorage(product(folder));
  server = await startServer({ ...command, env: { ...command.env, ...env } });
  return { base: server.origin, folder, pid: server.pid };
}

async function close(): Promise<void> {
  await server?.stop('SIGTERM');
  server = undefined;
}

/** @returns devices per second of a loop that waits for each answer, as scripts do */
async function singleCreates(): Promise<number> {
  const { base } = await open();
  // The client's own handler sends tokens over https only: without it, each request brings its own.
  const client = Client.initWithMiddleware({ baseUrl: base, middleware: new HTTPMessageHandler() });
  const devices = Array.from(deviceRows(singles * 2, 'single'), toDevice);
  let begun = 0;
  for (const [index, device] of devices.entries()) {
    if (index === singles) begun = performance.now(); // The first half warms up.
    await client.api('/devices').header('Authorization', 'Bearer bench').post(device);
  }
  const rate = singles / ((performance.now() - begun) / 1000);
  await close();
  return rate;
}

function toDevice(line: string): Record<string, unknown> {
  const names = deviceHead.trim().split(',');
  const cells = line.trim().split(',');
  const row = new Map(names.map((name, index) => [name, cells[index]]));
  return {
    accountEnabled: row.get('accountEnabled') === 'true',
    alternativeSecurityIds: [{ type: 2, key: row.get('alternativeSecurityIds') }],
    deviceId: row.get('deviceId'),
    displayName: row.get('displayName'),
    operatingSystem: row.get('operatingSystem'),
    operatingSystemVersion: row.get('operatingSystemVersion'),
  };
}

/** @returns devices per second from the first byte of the upload to the answer that the job has ended */
async function oneJob(): Promise<number> {
  const { base } = await open();
  await register(base, singles, 'warm-up');
  const rate = await register(base, jobRows, 'job');
  await close();
  return rate;
}

/** @returns devices per second */
async function register(base: string, rows: number, seed: string): Promise<number> {
  const body = withoutUser(deviceHead) + Array.from(deviceRows(rows, seed), withoutUser).join('');
  const headers = { authorization: 'Bearer bench', 'content-type': 'text/csv' };
  const begun = performance.now();
  const answer = await fetch(`${base}/v1.0/registrationJobs`, { method: 'POST', headers, body });
  if (answer.status !== 202) throw new InvalidRun(`A job was answered ${answer.status}: ${await answer.text()}`);
  const { id } = (await answer.json()) as Job;
  const job = await ended(base, id);
  const rate = rows / ((performance.now() - begun) / 1000);
  if (job.createdCount !== rows) throw new InvalidRun(`Of ${rows} rows ${job.createdCount} were created.`);
  return rate;
}

/** Without its last column: single creates make no links either. */
function withoutUser(line: string): string {
  return `${line.slice(0, line.lastIndexOf(','))}\n`;
}

async function ended(base: string, id: string): Promise<Job> {
  for (;;) {
    const answer = await fetch(`${base}/v1.0/registrationJobs/${id}`, { headers: { authorization: 'Bearer bench' } });
    const job = (await answer.json()) as Job;
    if (answer.status === 200) return job;
    await wait(100);
  }
}

/** @returns the most memory (resident set) that the app has had, in bytes, while a file of so many rows was registered */
async function memoryOf(rows: number): Promise<number> {
  const { base, folder, pid } = await open({ BULK_SCHEDULE: '* * * * * *' });
  const draft = join(folder, 'devices.csv');
  await pipeline(Readable.from(inPieces(rows)), createWriteStream(draft));
  mkdirSync(join(folder, 'inbox'), { recursive: true });
  renameSync(draft, join(folder, 'inbox', 'devices.csv'));
  for (;;) {
    await wait(500);
    const answer = await fetch(`${base}/v1.0/registrationJobs`, { headers: { authorization: 'Bearer bench' } });
    const [job] = ((await answer.json()) as { value: Job[] }).value;
    if (!job) continue;
    const { status, createdCount } = await ended(base, job.id);
    if (createdCount !== rows) throw new InvalidRun(`Of ${rows} rows ${createdCount} were created: ${status}.`);
    break;
  }
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  await close();
  return Number(kilobytes) * 1024;
}

function* inPieces(rows: number): Generator<string> {
  let piece = deviceHead;
  for (const row of deviceRows(rows, 'file')) {
    piece += row;
    if (piece.length < 64 * 1024) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
