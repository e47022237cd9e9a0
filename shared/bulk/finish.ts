import { findJob } from './changeJob.ts';
import { composeReport } from './composeReport.ts';
import { deliverReport } from './deliverReport.ts';
import { isEnded, type Counts, type Job, type JobStatus } from './job.ts';
import type { FinishMessage, Range } from './message.ts';
import type { BulkParts } from './parts.ts';
import { toRangeMessage } from './prepare.ts';

/**
 * Puts the report of a job together and ends the job, when there is nothing left to do. What counts is what is there: results are counted anew.
 * A range that comes in after the end, as it was under way when the job was cancelled, has the report put together again.
 */
export async function finish({ job: id }: Pick<FinishMessage, 'job'>, parts: BulkParts): Promise<void> {
  for (;;) {
    const stored = await findJob(parts, id);
    if (!stored) return;
    const { job, etag } = stored;
    const done = new Map<number, Counts>();
    for await (const { range, counts } of parts.jobs.doneRanges(id)) done.set(range, counts);
    if (!canEnd(job, done.size)) return;
    const { counts, lost } = await composeReport(job, done, parts);
    if (lost.length > 0) return sendAgain(job, lost, parts);
    const ended: Job = {
      ...job,
      counts,
      doneRanges: done.size,
      status: isEnded(job) ? job.status : endOf(job),
      endedAt: job.endedAt ?? parts.now().toISOString(),
    };
    await deliverReport(ended, parts);
    // When a range came in meanwhile, the report lacks it.
    if (!(await parts.jobs.replace(ended, etag))) continue;
    await parts.jobs.retire(id);
    return;
  }
}

/** What was kept of these ranges did not last, as an Azurite forgets that was killed: they are worked on once more, and the job ends after that. */
async function sendAgain({ id, division }: Job, lost: readonly Range[], parts: BulkParts): Promise<void> {
  parts.log(`The results of ${lost.length} ranges of job ${id} are gone; they are worked on again.`);
  for (const range of lost) {
    await parts.jobs.dropRange(id, range.range);
    await parts.queue.send(toRangeMessage(id, division?.name ?? '', range, true));
  }
}

/** A job that is cancelled before its manifest was divided is divided first: its report names all rows. */
function canEnd({ division, error, status, dryRun, ...job }: Job, done: number): boolean {
  if (error) return true;
  if (!division) return false;
  const needsNoResults = dryRun || status === 'cancelling' || division.validRows === 0;
  return needsNoResults || done >= division.ranges || isEnded({ division, status, dryRun, ...job });
}

function endOf({ error, status }: Job): JobStatus {
  if (error) return 'failed';
  return status === 'cancelling' ? 'cancelled' : 'succeeded';
}
