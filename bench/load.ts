import { createHistogram } from 'node:perf_hooks';
import { Connection, type Received } from './connection.ts';
import { createRequest } from './createRequest.ts';

export interface LoadOptions {
  readonly origin: string;
  readonly connections: number;
  /** No request begins after this time, or after that many; what is under way is waited for. */
  readonly seconds: number;
  readonly requests: number;
}

/** What a client saw of one slice of load. */
export interface LoadReport {
  /** Answers with status 201. */
  readonly created: number;
  /** Other answers, and the first of them. */
  readonly refused: number;
  readonly refusal: string | undefined;
  /** From the first request to the last answer. */
  readonly elapsedMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** CPU time of the client in that time. */
  readonly clientCpuMs: number;
}

/**
 * Closed-loop load: each connection creates one device after the other, each with a deviceId of its own.
 * @throws Error when a connection is lost
 */
export async function load({ origin, connections, seconds, requests }: LoadOptions): Promise<LoadReport> {
  const address = new URL(origin);
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(address)));
  const latenciesUs = createHistogram({ lowest: 1, highest: 60_000_000, figures: 3 });
  let begun = 0;
  let created = 0;
  let refused = 0;
  let refusal: string | undefined;

  const cpuBefore = process.cpuUsage();
  const startMs = performance.now();
  const endMs = startMs + seconds * 1000;
  const drive = (connection: Connection): Promise<void> =>
    new Promise((resolve, reject) => {
      const request = createRequest(address);
      let sentMs = startMs;
      const next = (): void => {
        if (begun >= requests || sentMs >= endMs) {
          resolve();
          return;
        }
        begun++;
        request.renew();
        connection.send(request.bytes, answered, reject);
      };
      const answered = ({ status, text }: Received): void => {
        const nowMs = performance.now();
        latenciesUs.record(Math.max(1, Math.round((nowMs - sentMs) * 1000)));
        if (status === 201) created++;
        else {
          refused++;
          refusal ??= text;
        }
        sentMs = nowMs;
        next();
      };
      next();
    });
  await Promise.all(open.map(drive));
  const elapsedMs = performance.now() - startMs;
  const { user, system } = process.cpuUsage(cpuBefore);

  for (const connection of open) connection.close();
  return {
    created,
    refused,
    refusal,
    elapsedMs,
    p50Ms: latenciesUs.percentile(50) / 1000,
    p99Ms: latenciesUs.percentile(99) / 1000,
    maxMs: latenciesUs.max / 1000,
    clientCpuMs: (user + system) / 1000,
  };
}
