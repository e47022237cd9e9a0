import { guidOf } from '../contract/guid.ts';
import { findJob } from './changeJob.ts';
import type { BulkParts } from './parts.ts';
import { archive, archived, inbox, rejectedFiles } from './paths.ts';
import { formatOf } from './rows/formatOf.ts';
import { startJob } from './startJob.ts';
import type { FoundFile, TakenFile } from './stores.ts';

/**
 * Makes a job of each file in the inbox, and takes the file away. The id of the job follows from the file and its version: however many
 * do this at once, and wherever one of them ends, a file becomes one job.
 */
export async function pickUp(parts: BulkParts): Promise<void> {
  for await (const file of parts.files.list(inbox)) {
    if (!file.isComplete) continue;
    const taken = await parts.files.take(file);
    if (!taken) continue;
    try {
      await turnIntoJob(file, taken, parts);
    } catch (error) {
      await taken.release();
      throw error;
    }
  }
}

/** The file goes straight to the archive: that is where its job reads it. */
async function turnIntoJob(file: FoundFile, taken: TakenFile, parts: BulkParts): Promise<void> {
  const { files, log } = parts;
  const fileName = file.path.slice(inbox.length + 1);
  const id = guidOf(`${file.path}\n${file.etag}`);
  const place = archived({ createdAt: parts.now().toISOString(), id }, fileName);
  const format = formatOf(file.contentType ?? null, fileName);
  const content = await files.read(file.path);
  if (!content) return; // Somebody took it away meanwhile.
  if (!format) {
    await files.put(`${rejectedFiles}/${place}`, content);
    await files.put(
      `${rejectedFiles}/${place}.reason.txt`,
      'A manifest is a file whose name ends in .csv, .tsv, .jsonl, .ndjson or .json.\n',
    );
    log(`The file ${fileName} was rejected: its name does not tell its format.`);
  } else if (!(await findJob(parts, id))) {
    const manifest = `${archive}/${place}`;
    await files.put(manifest, content);
    const generate = { deviceId: false, key: false };
    const start = { id, creator: null, dryRun: false, format, generate, manifest, fileName };
    const { isNew } = await startJob(start, parts);
    if (isNew) log(`The file ${fileName} is job ${id}.`);
  }
  await taken.remove();
}
