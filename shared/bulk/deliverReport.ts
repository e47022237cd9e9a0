import type { Job } from './job.ts';
import { linesOf, toBytes } from './lines.ts';
import type { BulkParts } from './parts.ts';
import { archive, paths, rejectedFiles } from './paths.ts';
import { reportHead, toCsvLine } from './report/csvLine.ts';
import type { ReportRow } from './report/reportRow.ts';
import type { Bytes } from './stores.ts';

/**
 * Leaves the report beside a file that was picked up; one that could not be read goes from the archive to those that were rejected, with the
 * reason. May be repeated.
 */
export async function deliverReport(
  { id, manifest, fileName, error, division }: Job,
  parts: Pick<BulkParts, 'files'>,
): Promise<void> {
  const { files } = parts;
  if (fileName === undefined) return;
  if (error && !division) {
    const place = manifest.replace(archive, rejectedFiles);
    const content = await files.read(manifest);
    if (content) await files.put(place, content);
    await files.put(`${place}.reason.txt`, `${error.message}\n`);
    await files.remove(manifest);
    return;
  }
  const report = await files.read(paths.report(id));
  if (!report) throw new Error(`The report of job ${id} is not there.`);
  await files.put(`${manifest}.report.csv`, toBytes(csvOf(report)));
}

/** A report in JSON Lines as one in CSV. */
async function* csvOf(report: Bytes): AsyncGenerator<string> {
  yield reportHead;
  for await (const { text } of linesOf(report)) yield toCsvLine(JSON.parse(text) as ReportRow);
}
