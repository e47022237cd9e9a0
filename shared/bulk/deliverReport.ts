import type { Job } from './job.ts';
import { linesOf, toBytes } from './lines.ts';
import type { BulkParts } from './parts.ts';
import { archive, archived, paths, rejectedFiles } from './paths.ts';
import { reportHead, toCsvLine } from './report/csvLine.ts';
import type { ReportRow } from './report/reportRow.ts';
import type { Bytes } from './stores.ts';

/**
 * Leaves the report beside a file that was picked up; one that could not be read goes from the archive to those that were rejected, with the
 * reason. May be repeated.
 */
export async function deliverReport(job: Job, { files }: Pick<BulkParts, 'files'>): Promise<void> {
  const { id, manifest, fileName, error, division } = job;
  if (fileName === undefined) return;
  // Jobs of the first version have their file among those that jobs work with.
  const isInArchive = manifest.startsWith(`${archive}/`);
  const place = isInArchive ? manifest.slice(archive.length + 1) : archived(job, fileName);
  const isRejected = error !== undefined && !division;
  if (isRejected || !isInArchive) {
    const content = await files.read(manifest);
    // From the archive an earlier delivery may have taken it.
    if (!content && !isInArchive) throw new Error(`The manifest of job ${id} is not there.`);
    if (content) await files.put(`${isRejected ? rejectedFiles : archive}/${place}`, content);
  }
  if (isRejected) {
    await files.put(`${rejectedFiles}/${place}.reason.txt`, `${error.message}\n`);
    if (isInArchive) await files.remove(manifest);
    return;
  }
  const report = await files.read(paths.report(id));
  if (!report) throw new Error(`The report of job ${id} is not there.`);
  await files.put(`${archive}/${place}.report.csv`, toBytes(csvOf(report)));
}

/** A report in JSON Lines as one in CSV. */
async function* csvOf(report: Bytes): AsyncGenerator<string> {
  yield reportHead;
  for await (const { text } of linesOf(report)) yield toCsvLine(JSON.parse(text) as ReportRow);
}
