import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { CommandError } from './commandError.ts';
import { exitCodes } from './exitCodes.ts';
import type { ReportFormat } from './jobsClient.ts';

/** Where a report goes when nobody says: beside the manifest, or by the id of the job into this folder. */
export const reportPath = (file: string | undefined, id: string): string =>
  `${file === undefined || file === '-' ? id : file.replace(/\.[a-z]+$/i, '')}.report.csv`;

export const reportFormatOf = (path: string): ReportFormat => (/\.(jsonl|ndjson)$/i.test(path) ? 'jsonl' : 'csv');

/** Writes a file that is there whole or not at all; one of this name is replaced. */
export async function writeReport(path: string, parts: AsyncIterable<string>): Promise<void> {
  const draft = `${path}.part`;
  try {
    await pipeline(parts, createWriteStream(draft));
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error instanceof Error && 'syscall' in error
      ? new CommandError(exitCodes.refused, `The report cannot be written: ${error.message}`, { cause: error })
      : error;
  }
}
