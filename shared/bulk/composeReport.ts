import { rangesOf } from './divide.ts';
import { noCounts, type Counts, type Job } from './job.ts';
import { toBytes } from './lines.ts';
import { mapInOrder } from './mapInOrder.ts';
import type { BulkParts } from './parts.ts';
import type { Range } from './message.ts';
import { paths } from './paths.ts';
import { reportRowsOf, rowsOf } from './readStored.ts';
import { toJsonLine } from './report/jsonLine.ts';
import type { ReportRow } from './report/reportRow.ts';
import { notAttempted } from './rowOutcome.ts';

/** Ranges that are read ahead. */
const width = 8;

/**
 * Writes the report of a job: a line for each row, in the order of the manifest. A range without a result was not attempted.
 * @param done numbers of the ranges that have a result
 * @returns how many rows there are of each outcome
 */
export async function composeReport(job: Job, done: ReadonlySet<number>, parts: BulkParts): Promise<Counts> {
  const division = job.division?.name ?? '';
  const counts = { ...noCounts };
  const read = async (range: Range): Promise<ReportRow[]> => {
    if (!done.has(range.range)) return withoutResult(job, range, parts);
    const rows = await reportRowsOf(parts, paths.result(job.id, division, range.range));
    if (!rows) throw new Error(`The result of range ${range.range} of job ${job.id} is not there.`);
    return rows;
  };
  async function* lines(): AsyncGenerator<string> {
    for await (const rows of mapInOrder(rangesOf(job, parts), width, read)) {
      for (const row of rows) counts[row.outcome] += 1;
      yield rows.map(toJsonLine).join('');
    }
  }
  await parts.files.put(paths.report(job.id), toBytes(lines()));
  return counts;
}

/** Rows of a range that was not attempted, or only in part: before the job ended, some were put off. */
async function withoutResult(job: Job, range: Range, parts: BulkParts): Promise<ReportRow[]> {
  const division = job.division?.name ?? '';
  const part = await reportRowsOf(parts, paths.partial(job.id, division, range.range));
  const known = new Map(part?.map((row) => [row.row, row]));
  const rows = await rowsOf(parts, job.id, division, range);
  return rows.map((row) => known.get(row.row) ?? ofTrial(job, notAttempted(row)));
}

/** The row that was tried before all others was created, or its refusal ended the job. */
function ofTrial({ error, trial }: Job, row: ReportRow): ReportRow {
  if (trial?.row !== row.row) return row;
  if (trial.id !== undefined) return { ...row, outcome: 'created', id: trial.id };
  return error ? { ...row, outcome: 'rejected', error: error.code, message: error.message } : row;
}
