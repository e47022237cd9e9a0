import { guidOf } from '../contract/guid.ts';
import { findJob } from './changeJob.ts';
import type { BulkParts } from './parts.ts';
import { archive, archived, inbox, rejectedFiles } from './paths.ts';
import { formatOf } from './rows/formatOf.ts';
import { startJob } from './startJob.ts';
import type { FoundFile, TakenFile } from './stores.ts';

/**
 * Makes a job of each file in the inbox, and takes the file away. The id of the job follows from the file and its version: however many
 * do this at once, and wherever one of them ends, a file becomes one job. One that fails does not keep the others waiting.
 * @throws what the first failed with, after the last
 */
export async function pickUp(parts: BulkParts): Promise<void> {
  const failures: unknown[] = [];
  for await (const file of parts.files.list(inbox)) {
    if (!file.isComplete) continue;
    const taken = await parts.files.take(file);
    if (!taken) continue;
    try {
      await turnIntoJob(file, taken, parts);
    } catch (error) {
      await taken.release();
      parts.log(`The file ${shown(file)} could not be picked up now, and is tried again: ${String(error)}`);
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** The file goes straight to the archive, under the day of its last change: that is where its job reads it. */
async function turnIntoJob(file: FoundFile, taken: TakenFile, parts: BulkParts): Promise<void> {
  const { files, log } = parts;
  const fileName = nameOf(file);
  const id = guidOf(`${file.path}\n${file.etag}`);
  const place = archived({ createdAt: file.lastModified.toISOString(), id }, fileName);
  const format = formatOf(file.contentType ?? null, fileName);
  if (!format) {
    if (!(await moved(file, `${rejectedFiles}/${place}`, parts))) return;
    await files.put(
      `${rejectedFiles}/${place}.reason.txt`,
      'A manifest is a file whose name ends in .csv, .tsv, .jsonl, .ndjson or .json.\n',
    );
    log(`The file ${shown(file)} was rejected: its name does not tell its format.`);
  } else if (!(await findJob(parts, id))) {
    const manifest = `${archive}/${place}`;
    if (!(await moved(file, manifest, parts))) return;
    const generate = { deviceId: false, key: false };
    const start = { id, creator: null, dryRun: false, format, generate, manifest, fileName };
    const { isNew } = await startJob(start, parts);
    if (isNew) log(`The file ${shown(file)} is job ${id}.`);
  }
  await taken.remove();
}

/** @returns false when somebody took the file away meanwhile */
async function moved({ path }: FoundFile, place: string, { files }: BulkParts): Promise<boolean> {
  const content = await files.read(path);
  if (content) await files.put(place, content);
  return content !== undefined;
}

const nameOf = ({ path }: FoundFile): string => path.slice(inbox.length + 1);

/** As it may stand in a log: whatever a name holds, it is one line. */
const shown = (file: FoundFile): string => JSON.stringify(nameOf(file));
