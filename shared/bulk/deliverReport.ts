import type { Job } from './job.ts';
import { linesOf, toBytes } from './lines.ts';
import type { BulkParts } from './parts.ts';
import { archive, archived, paths, rejectedFiles } from './paths.ts';
import { reportHead, toCsvLine } from './report/csvLine.ts';
import type { ReportRow } from './report/reportRow.ts';
import type { Bytes } from './stores.ts';

/**
 * Puts a file that was picked up where it belongs: into the archive with the report beside it, or, when it could not be read, among those
 * that were rejected, with the reason. May be repeated.
 */
export async function deliverReport(job: Job, parts: Pick<BulkParts, 'files'>): Promise<void> {
  if (job.fileName === undefined) return;
  const name = archived(job, job.fileName);
  const manifest = await parts.files.read(job.manifest);
  if (!manifest) throw new Error(`The manifest of job ${job.id} is not there.`);
  if (job.error && !job.division) {
    await parts.files.put(`${rejectedFiles}/${name}`, manifest);
    await parts.files.put(`${rejectedFiles}/${name}.reason.txt`, `${job.error.message}\n`);
    return;
  }
  await parts.files.put(`${archive}/${name}`, manifest);
  const report = await parts.files.read(paths.report(job.id));
  if (!report) throw new Error(`The report of job ${job.id} is not there.`);
  await parts.files.put(`${archive}/${name}.report.csv`, toBytes(csvOf(report)));
}

/** A report in JSON Lines as one in CSV. */
async function* csvOf(report: Bytes): AsyncGenerator<string> {
  yield reportHead;
  for await (const { text } of linesOf(report)) yield toCsvLine(JSON.parse(text) as ReportRow);
}
