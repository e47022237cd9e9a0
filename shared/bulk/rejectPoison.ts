import { findJob } from './changeJob.ts';
import { isEnded, type Job } from './job.ts';
import { lookUp } from './lookUp.ts';
import type { Message, RangeMessage } from './message.ts';
import type { BulkParts } from './parts.ts';
import { failJob } from './prepare.ts';
import type { Progress } from './progress.ts';
import { rowsOf } from './readStored.ts';
import { keepResult } from './registerRange.ts';
import type { ReportRow } from './report/reportRow.ts';
import { notAttempted } from './rowOutcome.ts';
import { isWrong, type StoredRow } from './storedRow.ts';

/** Settles a message that failed at every try: its rows get an outcome, and none of them is passed over in silence. */
export async function rejectPoison(message: Message, parts: BulkParts, progress: Progress): Promise<void> {
  parts.log(`A message of job ${message.job} failed at every try: ${JSON.stringify(message)}`);
  const job = (await findJob(parts, message.job))?.job;
  if (!job) return;
  if (message.kind === 'prepare' && !isEnded(job)) {
    const why =
      'The manifest could not be worked on, although it was tried several times; the log of the app tells why.';
    await failJob(job.id, { code: 'generalException', message: why }, parts);
  }
  // The sweep sends what ends a job again.
  if (message.kind !== 'range' || job.division?.name !== message.division) return;
  if (await parts.jobs.hasRange(job.id, message.range)) return;
  await keepResult(job, message.range, await outcomesOf(job, message, parts), parts, progress);
}

async function outcomesOf(job: Job, message: RangeMessage, parts: BulkParts): Promise<ReportRow[]> {
  let rows: StoredRow[];
  try {
    rows = await rowsOf(parts, job.id, message.division, message);
  } catch (error) {
    parts.log(`The rows of a range of job ${job.id} cannot be read: ${String(error)}`);
    return Array.from({ length: message.rows }, (_none, index) => rejected(message.firstRow + index, null));
  }
  return Promise.all(
    rows.map(async (row) => {
      if (isWrong(row)) return notAttempted(row);
      const otherwise = rejected(row.row, row.device.deviceId);
      try {
        return await lookUp(row, otherwise, job, parts);
      } catch (error) {
        parts.log(`A row of a range of job ${job.id} could not be looked up: ${String(error)}`);
        return otherwise;
      }
    }),
  );
}

const rejected = (row: number, deviceId: string | null): ReportRow => ({
  row,
  deviceId,
  outcome: 'rejected',
  id: null,
  error: 'generalException',
  message: 'The row could not be worked on, although it was tried several times; the log of the app tells why.',
  field: null,
});
