import { linesOf, toBytes } from './lines.ts';
import type { Division, Job } from './job.ts';
import type { BulkParts } from './parts.ts';
import { paths } from './paths.ts';
import { readRows } from './rows/readRows.ts';
import type { ReadRow } from './rows/row.ts';
import { toStoredLine } from './storedRow.ts';
import type { Range } from './message.ts';

/** Rows of one range at most, also when they are wrong and need no request. */
export const maxRangeRows = 500;
/** Headings that are named as unknown at most. */
const maxUnknown = 100;

/**
 * Reads a manifest once, and keeps its rows as lines and its ranges as bytes of these lines; never the whole in memory.
 * @throws ManifestError when it is no manifest; Error when it is not there
 */
export async function divide(job: Job, parts: Pick<BulkParts, 'files' | 'newId' | 'rangeWrites'>): Promise<Division> {
  const { files, newId, rangeWrites } = parts;
  const bytes = await files.read(job.manifest);
  if (!bytes) throw new Error(`The manifest of job ${job.id} is not there.`);
  const name = newId();
  const reader = readRows(bytes, { format: job.format, generate: job.generate, newId });
  const ranges: Range[] = [];
  const sums = { rows: 0, validRows: 0, writes: 0 };

  async function* lines(): AsyncGenerator<string> {
    let at = 0;
    let current: Range | undefined;
    for await (const read of reader) {
      const line = toStoredLine(read);
      const writes = writesOf(read);
      if (!current || current.rows === maxRangeRows || current.writes + writes > rangeWrites) {
        current = { range: ranges.length, from: at, to: at, firstRow: read.row, rows: 0, writes: 0 };
        ranges.push(current);
      }
      at += Buffer.byteLength(line);
      current.to = at;
      current.rows += 1;
      current.writes += writes;
      sums.rows += 1;
      sums.writes += writes;
      if (writes > 0) sums.validRows += 1;
      yield line;
    }
  }

  await files.put(paths.rows(job.id, name), toBytes(lines()));
  await files.put(paths.ranges(job.id, name), toBytes(ranges.map((range) => `${JSON.stringify(range)}\n`)));
  return { name, ...sums, ranges: ranges.length, unknownColumns: reader.unknownColumns().slice(0, maxUnknown) };
}

/** One for the device, one for each link; none for a row that is wrong. */
function writesOf(read: ReadRow): number {
  if (!('value' in read)) return 0;
  const { registeredUser, registeredOwner } = read.value;
  return 1 + Number(registeredUser !== undefined) + Number(registeredOwner !== undefined);
}

/** The ranges of a job that has been divided. */
export async function* rangesOf(job: Job, { files }: Pick<BulkParts, 'files'>): AsyncGenerator<Range> {
  if (!job.division) return;
  const bytes = await files.read(paths.ranges(job.id, job.division.name));
  if (!bytes) throw new Error(`The ranges of job ${job.id} are not there.`);
  for await (const { text } of linesOf(bytes)) yield JSON.parse(text) as Range;
}
