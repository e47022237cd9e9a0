import type { Caller } from '../auth/caller.ts';
import type { Job } from './job.ts';
import type { ManifestFormat } from './rows/formatOf.ts';
import type { Generate } from './rows/row.ts';

/** A manifest as a caller sends it. */
export interface Upload {
  format: ManifestFormat;
  bytes: Uint8Array;
  dryRun: boolean;
  generate: Generate;
  /** The same key of the same caller is the same job. */
  idempotencyKey?: string;
}

/** A part of a report, as it is kept: JSON Lines. */
export interface ReportPart {
  text: string;
  /** Where the next part begins, in bytes; absent at the end. */
  next?: number;
}

/**
 * What the operations can ask of jobs. A job is seen by whoever started it, and by administrators; for anybody else it is not there.
 * Everything is refused with GraphError serviceNotAvailable while there is no storage, and Request_ResourceNotFound names a job that is not there.
 */
export interface Jobs {
  /** Largest manifest that can be sent; larger ones are put into the inbox. */
  readonly maxUploadBytes: number;
  /** The time by which jobs are told. */
  now(): Date;
  start(caller: Caller, upload: Upload): Promise<Job>;
  find(caller: Caller, id: string): Promise<Job>;
  /** Newest first. @param after where the part before ended */
  list(caller: Caller, top: number, after?: string): Promise<{ jobs: readonly Job[]; next?: string }>;
  /** What is under way is finished; everything else is not attempted. */
  cancel(caller: Caller, id: string): Promise<Job>;
  /** @param from bytes to leave out; @returns undefined while the job has not ended */
  report(caller: Caller, id: string, from: number): Promise<ReportPart | undefined>;
}
