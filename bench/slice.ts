import { setTimeout as pause } from 'node:timers/promises';
import type { ClientProcess } from './clientProcess.ts';
import type { LoadReport } from './load.ts';
import type { ServerProcess } from './serverProcess.ts';

/** Longer than a server puts work off (the product copies its log five times a second): that work counts, too. */
const settleMs = 600;

/** Some seconds of load on one server. */
export interface Slice {
  readonly created: number;
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
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Slice> {
  const cpuBeforeMs = server.cpuMs();
  const report = await client.load({ origin: server.origin, connections, seconds, requests: Infinity });
  await pause(settleMs);
  return toSlice(report, server.cpuMs() - cpuBeforeMs);
}

const toSlice = ({ created, elapsedMs, p50Ms, p99Ms, maxMs, clientCpuMs }: LoadReport, cpuMs: number): Slice => ({
  created,
  perSecond: (created * 1000) / elapsedMs,
  cpuUsPerRequest: (cpuMs * 1000) / created,
  p50Ms,
  p99Ms,
  maxMs,
  clientShare: clientCpuMs / elapsedMs,
});
