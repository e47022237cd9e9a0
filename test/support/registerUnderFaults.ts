import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Counts } from '../../shared/bulk/job.ts';
import { breaker } from '../../shared/directory/graph/breaker.ts';
import { graphDirectory } from '../../shared/directory/graph/graphDirectory.ts';
import { faultyUpstream, seeded } from './faultyUpstream.ts';
import { openBulk, rowsOf } from './openBulk.ts';
import { openHost } from './openHost.ts';
import { send } from './send.ts';

/** What became of a job before a Graph that fails. */
export interface FaultyJob {
  /** Rows whose line in the report is not so; empty when all is well. */
  wrong: string[];
  counts: Counts;
  /** Faults by kind, for people to read. */
  summary: string;
}

/** Registers rows through the gateway's own Graph client while a share of its calls goes wrong, before and after they arrive. */
export async function registerUnderFaults(count: number, rate: number, seed: number): Promise<FaultyJob> {
  const emulator = await openHost();
  const upstream = await faultyUpstream(emulator.base, rate, seeded(seed));
  const directoryFor = graphDirectory({
    baseUrl: upstream.base,
    tokens: { isCallers: false, get: () => Promise.resolve('adele') },
    breaker: breaker(() => new Date()),
    timeoutMs: 300,
    patience: { budgetMs: 2000, firstDelayMs: 20, random: Math.random },
  });
  const open = openBulk(() => ({
    directoryFor: () => directoryFor({ caller: {}, version: 'v1.0', clientRequestId: randomUUID() }),
    rangeWrites: 20,
    width: 20,
    now: () => new Date(),
    wait: (milliseconds) => wait(milliseconds),
  }));
  const rows = rowsOf(count);
  const { id } = await open.start(rows);
  await open.drain();
  upstream.rate = 0;
  const report = await open.report(id);
  const wrong = report.length === count ? [] : [`the report has ${report.length} lines`];
  for (const [index, { deviceId }] of rows.entries()) {
    const path = `/v1.0/devices(deviceId='${deviceId}')`;
    const { text } = await send(emulator.base, { method: 'GET', path, headers: { authorization: 'Bearer adele' } });
    const line = report[index];
    const isRight = line?.deviceId === deviceId && line.outcome === 'created';
    if (!isRight || (JSON.parse(text) as { id?: string }).id !== line.id) wrong.push(JSON.stringify({ line, text }));
  }
  const { counts } = await open.job(id);
  await upstream.stop();
  await emulator.stop();
  return { wrong, counts, summary: `faults ${JSON.stringify([...upstream.injected])}` };
}
