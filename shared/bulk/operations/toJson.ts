import { Json } from '../../contract/json.ts';
import { isEnded, totalOf, type Job } from '../job.ts';

/** Seconds between two looks at a job: at least, at most, and while nobody knows how long it takes. */
const soonest = 1;
const latest = 30;
const usual = 2;

/** How fast a job is, as far as that can be told. */
interface Speed {
  rowsPerSecond: number | null;
  /** Seconds until its end. */
  secondsLeft: number | null;
}

/** A job as the API shows it; docs/resources/registrationjob.md describes the members. */
export function toJson(job: Job, base: string, now: Date): Json<object> {
  const { counts, division, error } = job;
  const { rowsPerSecond, secondsLeft } = speedOf(job, now);
  return new Json(
    JSON.stringify({
      id: job.id,
      status: job.status,
      createdDateTime: job.createdAt,
      startedDateTime: job.startedAt ?? null,
      endedDateTime: job.endedAt ?? null,
      dryRun: job.dryRun,
      fileName: job.fileName ?? null,
      rowCount: division?.rows ?? null,
      createdCount: counts.created,
      unchangedCount: counts.unchanged,
      rejectedCount: counts.rejected,
      notAttemptedCount: counts.notAttempted,
      percentageComplete: percentageOf(job),
      rowsPerSecond,
      expectedEndDateTime: secondsLeft === null ? null : new Date(now.getTime() + secondsLeft * 1000).toISOString(),
      waitingUntilDateTime: isEnded(job) ? null : (job.waitingUntil ?? null),
      unknownColumns: division?.unknownColumns ?? [],
      errorCode: error?.code ?? null,
      errorMessage: error?.message ?? null,
      resultsUrl: `${addressOf(job, base)}/results`,
    }),
  );
}

/** The address of a job; it is the same whatever version the caller used. */
export const addressOf = ({ id }: Pick<Job, 'id'>, base: string): string => `${base}/v1.0/registrationJobs/${id}`;

/** Headers of an answer about a job that goes on: where to look next, and when. */
export function goesOn(job: Job, address: string, now: Date): Record<string, string> {
  const { secondsLeft } = speedOf(job, now);
  const seconds = secondsLeft === null ? usual : Math.ceil(secondsLeft / 10);
  return { Location: address, 'Retry-After': String(Math.min(latest, Math.max(soonest, seconds))) };
}

function percentageOf(job: Job): number {
  if (isEnded(job)) return 100;
  const rows = job.division?.rows ?? 0;
  return rows === 0 ? 0 : Math.min(99, Math.floor((100 * totalOf(job.counts)) / rows));
}

function speedOf(job: Job, now: Date): Speed {
  const seconds = (Date.parse(job.endedAt ?? now.toISOString()) - Date.parse(job.startedAt ?? '')) / 1000;
  const done = totalOf(job.counts);
  if (!(seconds > 0) || done === 0) return { rowsPerSecond: null, secondsLeft: null };
  const rate = done / seconds;
  return {
    rowsPerSecond: Math.round(rate * 10) / 10,
    secondsLeft: isEnded(job) || !job.division ? null : (job.division.rows - done) / rate,
  };
}
