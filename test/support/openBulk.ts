import { randomUUID } from 'node:crypto';
import type { Caller } from '../../shared/auth/caller.ts';
import { bulk, type Bulk } from '../../shared/bulk/bulk.ts';
import type { Job } from '../../shared/bulk/job.ts';
import { jobs } from '../../shared/bulk/jobs.ts';
import type { BulkParts } from '../../shared/bulk/parts.ts';
import type { Jobs, Upload } from '../../shared/bulk/port.ts';
import type { ReportRow } from '../../shared/bulk/report/reportRow.ts';
import type { DeviceCreate } from '../../shared/contract/generated/types.ts';
import type { Directory } from '../../shared/directory/port.ts';
import { emulatedDirectory } from '../../shared/directory/emulator/emulatedDirectory.ts';
import { memoryStore } from '../../shared/directory/emulator/memoryStore.ts';
import { memoryStores, type MemoryStores } from './memoryStores.ts';

/** The engine of jobs on stores in memory, with a clock that only moves when it must. */
export interface OpenBulk {
  parts: BulkParts;
  directory: Directory;
  stores: MemoryStores;
  bulk: Bulk;
  jobs: Jobs;
  log: string[];
  /** Starts a job as adele. */
  start(rows: readonly object[], options?: Partial<Upload>): Promise<Job>;
  /** Works on messages in the order of their time until none is left; `limit` ends earlier. */
  drain(limit?: number): Promise<void>;
  job(id: string): Promise<Job>;
  report(id: string): Promise<ReportRow[]>;
  /** Moves the clock. */
  pass(seconds: number): void;
}

export const adele: Caller = { kind: 'user', id: 'adele', permissions: 'all', directoryRoles: new Set() };
export const maxDequeueCount = 5;

/** The parts, with one directory. */
type Replaceable = BulkParts & { directory: Directory };

/** @param change replaces parts, as a directory that fails */
export function openBulk(change: (parts: Replaceable) => Partial<Replaceable> = () => ({})): OpenBulk {
  const stores = memoryStores();
  const log: string[] = [];
  let time = Date.parse('2026-11-27T02:00:00.500Z');
  const now = (): Date => new Date(time);
  const plain: Replaceable = {
    ...stores,
    directory: emulatedDirectory({ store: memoryStore(), now, newId: randomUUID }),
    directoryFor: () => parts.directory,
    writesPer150s: 0,
    rangeWrites: 10,
    width: 10,
    stalledSeconds: 120,
    now,
    newId: randomUUID,
    random: () => 0.5,
    wait(milliseconds) {
      time += milliseconds;
      return Promise.resolve();
    },
    log: (line) => log.push(line),
  };
  const parts: Replaceable = { ...plain, ...change(plain) };
  const worker = bulk(parts);
  const service = jobs(parts, { maxUploadBytes: 1_000_000, reportLines: 100 });
  const counts = new WeakMap<object, number>();

  async function workOn(message: Record<string, unknown>): Promise<void> {
    const dequeueCount = (counts.get(message) ?? 0) + 1;
    counts.set(message, dequeueCount);
    try {
      await worker.work({ message, dequeueCount });
    } catch (error) {
      log.push(String(error));
      if (dequeueCount < maxDequeueCount) stores.messages.push({ message, delaySeconds: 0 });
      else await worker.reject({ message, dequeueCount: 1 });
    }
  }

  return {
    parts,
    directory: parts.directory,
    stores,
    bulk: worker,
    jobs: service,
    log,
    start: (rows, options) =>
      service.start(adele, {
        format: 'jsonLines',
        bytes: Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')),
        dryRun: false,
        generate: { deviceId: false, key: false },
        ...options,
      }),
    async drain(limit = Infinity) {
      const due = new Map<object, number>();
      for (let count = 0; count < limit; count += 1) {
        for (const sent of stores.messages) if (!due.has(sent)) due.set(sent, time + sent.delaySeconds * 1000);
        const [next] = [...stores.messages].sort((one, other) => (due.get(one) ?? 0) - (due.get(other) ?? 0));
        if (!next) return;
        stores.messages.splice(stores.messages.indexOf(next), 1);
        time = Math.max(time, due.get(next) ?? 0);
        await workOn(next.message);
      }
    },
    job: (id) => service.find(adele, id),
    async report(id) {
      const rows: ReportRow[] = [];
      for (let from: number | undefined = 0; from !== undefined;) {
        const part = await service.report(adele, id, from);
        if (!part) throw new Error(`Job ${id} has not ended.`);
        rows.push(
          ...part.text
            .split('\n')
            .filter(Boolean)
            .map((line) => JSON.parse(line) as ReportRow),
        );
        from = part.next;
      }
      return rows;
    },
    pass(seconds) {
      time += seconds * 1000;
    },
  };
}

/** Rows that differ in their deviceIds. */
export const rowsOf = (count: number, changes: Partial<DeviceCreate> = {}): DeviceCreate[] =>
  Array.from({ length: count }, () => ({
    accountEnabled: true,
    alternativeSecurityIds: [{ type: 2, key: 'Y3YxN2E1MWFlYw==' }],
    deviceId: randomUUID(),
    displayName: 'Kiosk',
    operatingSystem: 'linux',
    operatingSystemVersion: '6.1',
    ...changes,
  }));
