import { createHistogram } from 'node:perf_hooks';
import { Connection, type Received } from './connection.ts';
import { createRequest } from './createRequest.ts';
import { readRequest } from './readRequest.ts';

export interface LoadOptions {
  readonly origin: string;
  readonly connections: number;
  /** No request begins after this time, or after that many; what is under way is waited for. */
  readonly seconds: number;
  readonly requests: number;
  /** Object ids of the devices to read; without them devices are created. */
  readonly ids?: readonly string[];
}

/** What a client saw of one slice of load. */
export interface LoadReport {
  /** Answers with the status of success: 201 to a create, 200 to a read. */
  readonly answered: number;
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
 * Closed-loop load: each connection creates one device after the other, each with a deviceId of its own, or reads one after the other.
 * @throws Error when a connection is lost
 */
export async function load({ origin, connections, seconds, requests, ids }: LoadOptions): Promise<LoadReport> {
  const address = new URL(origin);
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(address)));
  const latenciesUs = createHistogram({ lowest: 1, highest: 60_000_000, figures: 3 });
  let begun = 0;
  let succeeded = 0;
  let refused = 0;
  let refusal: string | undefined;

  const cpuBefore = process.cpuUsage();
  const startMs = performance.now();
  const endMs = startMs + seconds * 1000;
  const drive = (connection: Connection): Promise<void> =>
    new Promise((resolve, reject) => {
      const request = ids ? readRequest(address, ids) : createRequest(address);
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
        if (status === request.success) succeeded++;
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
    answered: succeeded,
    refused,
    refusal,
    elapsedMs,
    p50Ms: latenciesUs.percentile(50) / 1000,
    p99Ms: latenciesUs.percentile(99) / 1000,
    maxMs: latenciesUs.max / 1000,
    clientCpuMs: (user + system) / 1000,
  };
}
