import { guidOf } from '../contract/guid.ts';
import { GraphError, notFound } from '../contract/errors.ts';
import { changeJob, findJob } from './changeJob.ts';
import { isEnded, type Job } from './job.ts';
import { linesOf } from './lines.ts';
import type { BulkParts } from './parts.ts';
import { paths } from './paths.ts';
import type { Jobs, ReportPart } from './port.ts';
import { sendFinish } from './prepare.ts';
import { creatorOf, isAdministrator, isSeenBy } from './seenBy.ts';
import { startJob } from './startJob.ts';

export interface JobsOptions {
  maxUploadBytes: number;
  /** Lines of one part of a report. */
  reportLines: number;
}

/** Jobs as callers see them. */
export function jobs(parts: BulkParts, { maxUploadBytes, reportLines }: JobsOptions): Jobs {
  const find: Jobs['find'] = async (caller, id) => {
    const stored = await findJob(parts, id);
    if (!stored || !isSeenBy(stored.job.creator, caller)) throw notFound(id);
    return stored.job;
  };

  return {
    maxUploadBytes,
    now: parts.now,
    find,

    async start(caller, { bytes, idempotencyKey, ...options }) {
      const creator = creatorOf(caller);
      const id = idempotencyKey === undefined ? parts.newId() : guidOf(`${creator}\n${idempotencyKey}`);
      const known = idempotencyKey === undefined ? undefined : await findJob(parts, id);
      const manifest = paths.manifest(id);
      if (!known) await parts.files.put(manifest, inPieces(bytes));
      return (await startJob({ id, creator, manifest, ...options }, parts)).job;
    },

    list: (caller, top, after) => parts.jobs.list(isAdministrator(caller) ? undefined : creatorOf(caller), top, after),

    async cancel(caller, id) {
      const job = await find(caller, id);
      if (isEnded(job) || job.status === 'cancelling') return job;
      const cancelled = await changeJob(parts, id, (latest) =>
        isEnded(latest) ? undefined : { ...latest, status: 'cancelling' },
      );
      if (cancelled) await sendFinish(cancelled, parts);
      return cancelled ?? find(caller, id);
    },

    async report(caller, id, from) {
      const job = await find(caller, id);
      return isEnded(job) ? partOf(job, from) : undefined;
    },
  };

  /** A job that failed before its rows were read has no report. */
  async function partOf({ id }: Job, from: number): Promise<ReportPart> {
    // With the end of the line before: a part begins where a line does.
    const bytes = await parts.files.read(paths.report(id), { from: Math.max(0, from - 1) });
    const lines: string[] = [];
    let at = Math.max(0, from - 1);
    for await (const { text, size } of linesOf(bytes ?? inPieces(Buffer.alloc(0)))) {
      if (at < from && text !== '') throw notOurs();
      if (lines.length === reportLines) return { text: lines.join(''), next: at };
      if (text !== '') lines.push(`${text}\n`);
      at += size;
    }
    return { text: lines.join('') };
  }
}

const notOurs = (): GraphError =>
  new GraphError('Directory_ExpiredPageToken', 'The $skiptoken was not made here: begin with the first page.');

// eslint-disable-next-line @typescript-eslint/require-await -- what is there is a stream as well
async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}
