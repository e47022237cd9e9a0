import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startClient } from './clientProcess.ts';
import { measureColdStarts } from './coldStart.ts';
import { findCores } from './cores.ts';
import { InvalidRun } from './invalidRun.ts';
import { coldRows, createMeasures, head, loadRows, readMeasures, startRows } from './measures.ts';
import { help, readOptions, type Options } from './options.ts';
import type { Pair } from './pairs.ts';
import { profiles } from './profile.ts';
import { measureReads } from './reads.ts';
import { measureStarts } from './starts.ts';
import { median } from './statistics.ts';
import { table } from './table.ts';
import { measureThroughput } from './throughput.ts';

const write = (line: string): void => {
  console.log(line);
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) write(help);
  else await run(options);
} catch (error) {
  console.error(error instanceof InvalidRun ? `This run is INVALID. ${error.message}` : error);
  process.exit(1);
}

/** `npm run bench`: measures and prints; figures are never judged by the exit code, only whether the run was a valid one. */
async function run({ profile, reads, starts, coldStarts, ...load }: Options): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'device-registrar-bench-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const cores = findCores();
  write(`Node ${process.version} on ${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}`);
  write(
    cores
      ? `servers on core ${cores.server}, client on core ${cores.client}`
      : 'NOT pinned for want of taskset or a second core: servers and client disturb each other',
  );

  const client = startClient(cores?.client);
  const flags = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const { pairs, devices } = await measureThroughput({ ...load, flags }, join(folder, 'load'), client, cores, write);
  const rows = loadRows(createMeasures, pairs);
  const readPairs =
    reads > 0 ? await measureReads({ ...load, rounds: reads, flags }, join(folder, 'load'), client, cores, write) : [];
  if (reads > 0) rows.push(...loadRows(readMeasures, readPairs));
  if (starts > 0 && profile === undefined) {
    rows.push(...startRows(await measureStarts(starts, join(folder, 'starts'), client)));
  }
  client.stop();
  if (coldStarts > 0 && profile === undefined) {
    rows.push(...coldRows(await measureColdStarts(coldStarts, join(folder, 'cold'))));
  }

  write('');
  table(head, rows).forEach(write);
  write('');
  write(`${devices.toLocaleString('en-US')} creates were answered with 201, and the file holds as many devices.`);
  write(clientLine('creates', pairs));
  if (reads > 0) write(clientLine('reads', readPairs));
  if (profile !== undefined) profiles(profile).forEach(write);
}

/** How busy the client was: above nine tenths it, and not the server, may be what was measured. */
function clientLine(load: string, pairs: readonly Pair[]): string {
  const bare = median(pairs.map((pair) => pair.bare.clientShare));
  const ours = median(pairs.map((pair) => pair.ours.clientShare));
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  const line = `In ${load} the client used ${percent(bare)} of its core with the bare server, ${percent(ours)} with ours.`;
  return Math.max(bare, ours) > 0.9 ? `${line} TOO BUSY: the ratios flatter the slower server.` : line;
}
