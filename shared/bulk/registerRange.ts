import { changeJob, findJob } from './changeJob.ts';
import { delaySecondsOf, isGivenUp } from './delays.ts';
import { countsOf, isEnded, type Job } from './job.ts';
import { toBytes } from './lines.ts';
import { lookUp } from './lookUp.ts';
import type { RangeMessage, Taken } from './message.ts';
import { takeTurn } from './pace.ts';
import type { BulkParts } from './parts.ts';
import { paths } from './paths.ts';
import { sendFinish } from './prepare.ts';
import { needsFinish, type Progress } from './progress.ts';
import { reportRowsOf, rowsOf } from './readStored.ts';
import { registerRows } from './registerRows.ts';
import { toJsonLine } from './report/jsonLine.ts';
import type { ReportRow } from './report/reportRow.ts';
import { notAttempted, toReportRow, type RowOutcome } from './rowOutcome.ts';
import type { Row } from './rows/row.ts';
import { isWrong } from './storedRow.ts';

/** Turns further away than this are waited for in the queue and not here, in milliseconds. */
const shortWaitMs = 1000;

type Deferred = Extract<RowOutcome, { outcome: 'deferred' }>;

/**
 * Registers the rows of a range and keeps their outcomes. Rows that the directory puts off go back to the queue alone. The same message may come
 * twice: a range that has its result is left alone, and a row that an earlier delivery created is found again.
 */
export async function registerRange(taken: Taken<RangeMessage>, parts: BulkParts, progress: Progress): Promise<void> {
  const { message, dequeueCount } = taken;
  const job = (await findJob(parts, message.job))?.job;
  if (!job || job.division?.name !== message.division) return;
  if (await parts.jobs.hasRange(job.id, message.range)) return;
  const isAgain = dequeueCount > 1 || message.isAgain === true;
  if (isEnded(job) || job.status === 'cancelling') {
    if (isAgain) await keepResult(job, message.range, await alreadyDone(job, message, parts), parts, progress);
    return;
  }

  const turnMs = message.isItsTurn ? 0 : await takeTurn(parts, message.writes);
  if (turnMs > shortWaitMs) return parts.queue.send({ ...message, isItsTurn: true }, Math.ceil(turnMs / 1000));
  if (turnMs > 0) await parts.wait(turnMs);

  const { done, deferred } = await attempt(job, message, isAgain, parts);
  if (deferred.length === 0) {
    await keepResult(job, message.range, done, parts, progress);
    return;
  }
  await parts.files.put(paths.partial(job.id, message.division, message.range), toBytes(done.map(toJsonLine)));
  await putOff(message, deferred, parts);
}

/** What an earlier delivery did before the job was cancelled. */
async function alreadyDone(job: Job, message: RangeMessage, parts: BulkParts): Promise<ReportRow[]> {
  const rows = await rowsOf(parts, job.id, message.division, message);
  return Promise.all(
    rows.map(async (row) => (isWrong(row) ? notAttempted(row) : lookUp(row, notAttempted(row), job, parts))),
  );
}

/** Attempts the rows that are left. @returns what is to be reported of the range so far, in order, and the rows that are put off */
async function attempt(
  job: Job,
  message: RangeMessage,
  isAgain: boolean,
  parts: BulkParts,
): Promise<{ done: ReportRow[]; deferred: Deferred[] }> {
  const stored = await rowsOf(parts, job.id, message.division, message);
  const left = message.left && new Set(message.left);
  const earlier = left && ((await reportRowsOf(parts, paths.partial(job.id, message.division, message.range))) ?? []);
  const known = new Map(earlier?.filter(({ row }) => !left?.has(row)).map((row) => [row.row, row]));
  const rows = stored.filter((row): row is Row => !isWrong(row) && !known.has(row.row));
  const registered = await registerRows(parts.directoryFor, rows, {
    width: parts.width,
    since: Date.parse(job.createdAt),
    isAgain,
    trial: job.trial,
  });
  const outcomes = new Map(registered.map((outcome) => [outcome.row, givenUp(outcome, message)]));
  const deferred: Deferred[] = [];
  const done = stored.flatMap((row): ReportRow[] => {
    const outcome = outcomes.get(row.row);
    if (outcome?.outcome === 'deferred') {
      deferred.push(outcome);
      return [];
    }
    if (isWrong(row) || !outcome) return [known.get(row.row) ?? notAttempted(row)];
    return [toReportRow(row.device.deviceId, outcome)];
  });
  return { done, deferred };
}

/** What failed again and again is rejected with the reason. */
const givenUp = (outcome: RowOutcome, message: RangeMessage): RowOutcome =>
  outcome.outcome === 'deferred' && isGivenUp(outcome.error, message.failures)
    ? { row: outcome.row, outcome: 'rejected', error: outcome.error }
    : outcome;

/** Sends the rows that are left back to the queue, for after the longest time that the directory asked for. */
async function putOff(message: RangeMessage, deferred: readonly Deferred[], parts: BulkParts): Promise<void> {
  const failures = (message.failures ?? 0) + Number(deferred.some(({ error }) => error.status !== 429));
  const delaySeconds = delaySecondsOf(deferred, failures, parts.random);
  const { isItsTurn: _turn, ...rest } = message;
  await parts.queue.send(
    { ...rest, left: deferred.map(({ row }) => row), writes: deferred.length, isAgain: true, failures },
    delaySeconds,
  );
  const until = new Date(parts.now().getTime() + delaySeconds * 1000).toISOString();
  await changeJob(parts, message.job, (job) =>
    (job.waitingUntil ?? '') >= until ? undefined : { ...job, waitingUntil: until },
  );
}

/** Keeps the outcomes of a range, once, and counts them. */
export async function keepResult(
  job: Job,
  range: number,
  rows: readonly ReportRow[],
  parts: BulkParts,
  progress: Progress,
): Promise<void> {
  await parts.files.put(paths.result(job.id, job.division?.name ?? '', range), toBytes(rows.map(toJsonLine)));
  const counts = countsOf(rows);
  if (!(await parts.jobs.addRange(job.id, { range, counts }))) return;
  const after = await progress.add(job.id, counts);
  if (after && needsFinish(after)) await sendFinish(after, parts);
}
