import { rangesOf } from './divide.ts';
import { addCounts, countsOf, noCounts, type Counts, type Job } from './job.ts';
import { toBytes, wholeOf } from './lines.ts';
import { mapInOrder } from './mapInOrder.ts';
import type { BulkParts } from './parts.ts';
import type { Range } from './message.ts';
import { paths } from './paths.ts';
import { reportRowsOf, rowsOf } from './readStored.ts';
import { toJsonLine } from './report/jsonLine.ts';
import type { ReportRow } from './report/reportRow.ts';
import { notAttempted } from './rowOutcome.ts';

/** Ranges that are read ahead. */
const width = 4;

export interface Report {
  /** How many rows there are of each outcome. */
  counts: Counts;
  /** Ranges whose result is gone: the report lacks their rows. */
  lost: readonly Range[];
}

/**
 * Writes the report of a job: a line for each row, in the order of the manifest. A range without a result was not attempted.
 * @param done the ranges that have a result, by number, and its counts
 */
export async function composeReport(job: Job, done: ReadonlyMap<number, Counts>, parts: BulkParts): Promise<Report> {
  const division = job.division?.name ?? '';
  const lost: Range[] = [];
  let counts = noCounts;
  const read = async (range: Range): Promise<{ text: string; of: Counts }> => {
    const of = done.get(range.range);
    if (!of) {
      const rows = await withoutResult(job, range, parts);
      return { text: rows.map(toJsonLine).join(''), of: countsOf(rows) };
    }
    // What is kept is what the report shows: nobody reads it on the way.
    const bytes = await parts.files.read(paths.result(job.id, division, range.range));
    if (bytes) return { text: String(await wholeOf(bytes)), of };
    lost.push(range);
    return { text: '', of: noCounts };
  };
  async function* lines(): AsyncGenerator<string> {
    for await (const { text, of } of mapInOrder(rangesOf(job, parts), width, read)) {
      counts = addCounts(counts, of);
      yield text;
    }
  }
  await parts.files.put(paths.report(job.id), toBytes(lines()));
  return { counts, lost };
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
