import { findJob } from './changeJob.ts';
import { jobVersion, noCounts, type Job } from './job.ts';
import { messageVersion } from './message.ts';
import type { BulkParts } from './parts.ts';

/** What is different from job to job at its beginning. */
export type JobStart = Pick<Job, 'id' | 'creator' | 'dryRun' | 'format' | 'generate' | 'manifest' | 'fileName'>;

/**
 * Starts a job whose manifest is in its place. A job of the same id is left as it is; where it has not begun, it is made sure that it will.
 * @returns the job, and whether it is new
 */
export async function startJob(
  start: JobStart,
  parts: Pick<BulkParts, 'jobs' | 'queue' | 'now'>,
): Promise<{ job: Job; isNew: boolean }> {
  const now = parts.now().toISOString();
  const fresh: Job = {
    v: jobVersion,
    ...start,
    createdAt: now,
    progressAt: now,
    status: 'notStarted',
    sent: 0,
    doneRanges: 0,
    counts: noCounts,
  };
  const isNew = await parts.jobs.insert(fresh);
  const job = isNew ? fresh : ((await findJob(parts, start.id))?.job ?? fresh);
  if (job.status === 'notStarted' && !job.error) {
    await parts.jobs.announce(job);
    await parts.queue.send({ v: messageVersion, kind: 'prepare', job: job.id });
  }
  return { job, isNew };
}
