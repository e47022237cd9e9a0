import { changeJob, findJob } from './changeJob.ts';
import { rangesOf } from './divide.ts';
import { isEnded, type Job } from './job.ts';
import { messageVersion } from './message.ts';
import { intervalMs } from './pace.ts';
import type { BulkParts } from './parts.ts';
import { sendFinish, toRangeMessage } from './prepare.ts';

/**
 * Looks after jobs that have not ended and make no progress: their messages may be lost, or hidden by an instance that died. Whatever is
 * missing is sent again; that it may then come twice does no harm.
 */
export async function sweep(parts: BulkParts): Promise<void> {
  for await (const id of parts.jobs.active()) {
    const job = (await findJob(parts, id))?.job;
    if (!job || isEnded(job)) await parts.jobs.retire(id);
    else if (await isStalled(job, parts)) await mend(job, parts);
  }
}

/** Nothing was done for a while, although no pause was asked for and no turn is waited for. */
async function isStalled(job: Job, parts: BulkParts): Promise<boolean> {
  const turns = intervalMs(parts) === 0 ? 0 : (await parts.turns.read()).at;
  const since = Math.max(Date.parse(job.progressAt), Date.parse(job.waitingUntil ?? job.progressAt), turns);
  return parts.now().getTime() > since + parts.stalledSeconds * 1000;
}

async function mend(job: Job, parts: BulkParts): Promise<void> {
  const { id } = job;
  // The next sweep waits until this one could have helped.
  await changeJob(parts, id, (latest) => ({ ...latest, progressAt: parts.now().toISOString() }));
  if (!isSent(job) && !job.error) {
    parts.log(`Job ${id} makes no progress; its manifest is taken up again.`);
    return parts.queue.send({ v: messageVersion, kind: 'prepare', job: id });
  }
  const missing = needsResults(job) ? await missingRanges(job, parts) : [];
  if (missing.length === 0) return sendFinish(job, parts);
  parts.log(`Job ${id} makes no progress; ${missing.length} of its ranges are sent again.`);
  for (const message of missing) await parts.queue.send(message);
}

/** Whether every range that has to be registered has had its message. */
const isSent = (job: Job): boolean =>
  job.division !== undefined && (!needsResults(job) || job.sent >= job.division.ranges);

/** Whether the job ends with the results of its ranges, and not without them. */
const needsResults = ({ dryRun, error, status, division }: Job): boolean =>
  !dryRun && error === undefined && status !== 'cancelling' && division?.validRows !== 0;

/** Ranges that have no result although they should have begun by now. */
async function missingRanges(job: Job, parts: BulkParts): Promise<ReturnType<typeof toRangeMessage>[]> {
  const done = new Set<number>();
  for await (const { range } of parts.jobs.doneRanges(job.id)) done.add(range);
  const elapsedMs = parts.now().getTime() - Date.parse(job.startedAt ?? job.createdAt);
  const missing: ReturnType<typeof toRangeMessage>[] = [];
  let writes = 0;
  for await (const range of rangesOf(job, parts)) {
    const isDue = writes * intervalMs(parts) <= elapsedMs;
    if (isDue && !done.has(range.range)) missing.push(toRangeMessage(job.id, job.division?.name ?? '', range, true));
    writes += range.writes;
  }
  return missing;
}
