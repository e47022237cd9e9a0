import { setTimeout as pause } from 'node:timers/promises';
import type { ClientProcess } from './clientProcess.ts';
import type { LoadOptions, LoadReport } from './load.ts';
import type { ServerProcess } from './serverProcess.ts';

/** Longer than a server puts work off (the product copies its log five times a second): that work counts, too. */
const settleMs = 600;

/** The load of one slice; without ids it is creates. */
export type SliceOptions = Pick<LoadOptions, 'connections' | 'seconds' | 'ids'>;

/** Some seconds of load on one server. */
export interface Slice {
  readonly answered: number;
  readonly perSecond: number;
  readonly cpuUsPerRequest: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** How busy the client's core was, 0 to 1. */
  readonly clientShare: number;
}

export async function measureSlice(
  server: ServerProcess,
  client: ClientProcess,
  options: SliceOptions,
): Promise<Slice> {
  const cpuBeforeMs = server.cpuMs();
  const report = await client.load({ ...options, origin: server.origin, requests: Infinity });
  await pause(settleMs);
  return toSlice(report, server.cpuMs() - cpuBeforeMs);
}

const toSlice = ({ answered, elapsedMs, p50Ms, p99Ms, maxMs, clientCpuMs }: LoadReport, cpuMs: number): Slice => ({
  answered,
  perSecond: (answered * 1000) / elapsedMs,
  cpuUsPerRequest: (cpuMs * 1000) / answered,
  p50Ms,
  p99Ms,
  maxMs,
  clientShare: clientCpuMs / elapsedMs,
});
