import type { Outcome } from './report/reportRow.ts';
import type { ManifestFormat } from './rows/formatOf.ts';
import type { Generate } from './rows/row.ts';

/** How many rows there are of each outcome. */
export type Counts = Readonly<Record<Outcome, number>>;

export const noCounts: Counts = { created: 0, unchanged: 0, rejected: 0, notAttempted: 0 };

export const addCounts = (one: Counts, other: Counts): Counts => ({
  created: one.created + other.created,
  unchanged: one.unchanged + other.unchanged,
  rejected: one.rejected + other.rejected,
  notAttempted: one.notAttempted + other.notAttempted,
});

export function countsOf(rows: readonly { outcome: Outcome }[]): Counts {
  const counts = { ...noCounts };
  for (const { outcome } of rows) counts[outcome] += 1;
  return counts;
}

export const totalOf = ({ created, unchanged, rejected, notAttempted }: Counts): number =>
  created + unchanged + rejected + notAttempted;

/** The last three are ends. */
export type JobStatus = 'notStarted' | 'running' | 'cancelling' | 'succeeded' | 'failed' | 'cancelled';

/** Version of the state as it is kept; a later one adds members that may be missing. */
export const jobVersion = 1;

/** What is kept of a job. Times are ISO 8601 in UTC. */
export interface Job {
  v: number;
  id: string;
  /** Who started it, as `creatorOf` writes callers; null for a file that was picked up. */
  creator: string | null;
  createdAt: string;
  status: JobStatus;
  dryRun: boolean;
  format: ManifestFormat;
  generate: Generate;
  /** Path of the rows as they came. */
  manifest: string;
  /** Of a file that was picked up: its path in the inbox. */
  fileName?: string;
  /** The delivery of the message that divided the manifest: its rows and ranges are the ones that count. */
  division?: Division;
  /** The row that was tried before all others, and the device that it made; none when it was refused. */
  trial?: { row: number; id?: string };
  isTried?: boolean;
  /** Ranges that have a message. */
  sent: number;
  startedAt?: string;
  /** When something was last done for it. */
  progressAt: string;
  /** No range goes on before: the directory asked for a pause. */
  waitingUntil?: string;
  endedAt?: string;
  /** Ranges that have a result, and the outcomes of their rows. */
  doneRanges: number;
  counts: Counts;
  /** Why the whole job failed. */
  error?: { code: string; message: string };
}

/** What a manifest was divided into. */
export interface Division {
  /** Names the files; two deliveries of one message may both divide. */
  name: string;
  rows: number;
  /** Rows that can be registered. */
  validRows: number;
  ranges: number;
  /** Requests that write, devices and links. */
  writes: number;
  unknownColumns: readonly string[];
}

export const isEnded = ({ status }: Job): boolean => ['succeeded', 'failed', 'cancelled'].includes(status);
