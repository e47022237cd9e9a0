import { exitCodes, type ExitCode } from './exitCodes.ts';
import type { Job } from './jobsClient.ts';
import { duration, table } from './words.ts';

/** What became of a job, for people. */
export function summary(job: Job, report: string | undefined): string {
  const { rowCount, errorMessage, unknownColumns } = job;
  return [
    `Job ${job.id} ${endOf(job)}.`,
    ...(errorMessage === null ? [] : [`  ${String(job.errorCode)}: ${errorMessage}`]),
    ...(rowCount === null
      ? []
      : [
          '',
          table([
            ['created', job.createdCount],
            ['unchanged', job.unchangedCount],
            ['rejected', job.rejectedCount],
            [job.dryRun ? 'right, not written' : 'not attempted', job.notAttemptedCount],
            ['rows', rowCount],
          ]),
          '',
        ]),
    ...(unknownColumns.length === 0 ? [] : [`Columns that were not read: ${unknownColumns.join(', ')}`]),
    ...(report === undefined ? [] : [`Report: ${report}`]),
  ].join('\n');
}

function endOf({ status, dryRun, startedDateTime, endedDateTime }: Job): string {
  const seconds = (Date.parse(endedDateTime ?? '') - Date.parse(startedDateTime ?? '')) / 1000;
  const time = Number.isNaN(seconds) ? '' : ` in ${duration(seconds)}`;
  return `${dryRun ? '(a dry run) ' : ''}${status}${time}`;
}

/** How the command ends for a job that has ended. A row that a dry run does not attempt is a right one. */
export function exitCodeOf({ status, dryRun, rejectedCount, notAttemptedCount }: Job): ExitCode {
  if (status === 'failed') return exitCodes.failed;
  const missing = rejectedCount + (dryRun && status === 'succeeded' ? 0 : notAttemptedCount);
  return missing === 0 ? exitCodes.done : exitCodes.someRows;
}
