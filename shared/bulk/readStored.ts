import type { Range } from './message.ts';
import { linesOf } from './lines.ts';
import type { BulkParts } from './parts.ts';
import { paths } from './paths.ts';
import type { ReportRow } from './report/reportRow.ts';
import { fromStoredLine, type StoredRow } from './storedRow.ts';

/**
 * The rows of a range.
 * @throws Error when the store does not hold what was put there
 */
export async function rowsOf(
  { files }: Pick<BulkParts, 'files'>,
  job: string,
  division: string,
  { from, to }: Range,
): Promise<StoredRow[]> {
  const bytes = await files.read(paths.rows(job, division), { from, to });
  if (!bytes) throw new Error(`The rows of job ${job} are not there.`);
  const rows: StoredRow[] = [];
  for await (const { text } of linesOf(bytes)) rows.push(fromStoredLine(text));
  return rows;
}

/** Lines of a report, or of a part of one; undefined when there is no such file. */
export async function reportRowsOf(
  { files }: Pick<BulkParts, 'files'>,
  path: string,
): Promise<ReportRow[] | undefined> {
  const bytes = await files.read(path);
  if (!bytes) return undefined;
  const rows: ReportRow[] = [];
  for await (const { text } of linesOf(bytes)) rows.push(JSON.parse(text) as ReportRow);
  return rows;
}
