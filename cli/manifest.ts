import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { wrongUse } from './commandError.ts';

/** How the rows are written, with the media type that tells the service. */
export const mediaTypes = {
  csv: 'text/csv',
  jsonl: 'application/x-ndjson',
  json: 'application/json',
} as const;

export type Format = keyof typeof mediaTypes;

/** By the end of the file's name. */
const byEnding: Readonly<Record<string, Format>> = {
  csv: 'csv',
  tsv: 'csv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  json: 'json',
};

/** No service takes more (`BULK_MAX_UPLOAD_MB` in docs/settings.md), in MB; so a larger file is not even read. */
const mostMegabytes = 90;

export interface Manifest {
  bytes: Buffer;
  format: Format;
}

/** How to register what is too large to be sent. */
export const inboxHint = (file: string): string =>
  [
    'A larger manifest is put into the blob container registration-inbox, of whatever size it is; its job starts by itself:',
    `  locally   cp ${file} .data/inbox/`,
    `  on Azure  az storage blob upload --auth-mode login --account-name ACCOUNT --container-name registration-inbox --file ${file}`,
  ].join('\n');

/**
 * Reads a manifest as it is; its rows are judged by the service.
 * @param file `-` is standard input
 * @throws CommandError when it is not there, too large, or of a kind that nobody told
 */
export async function readManifest(file: string, format: Format | undefined): Promise<Manifest> {
  if (file === '-') return { bytes: await buffer(process.stdin), format: format ?? 'csv' };
  const ending = /\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase() ?? '';
  const told = format ?? (Object.hasOwn(byEnding, ending) ? byEnding[ending] : undefined);
  if (!told) throw wrongUse(`${file} does not say how it is written: add --format csv, jsonl or json.`);
  const found = await stat(file).catch((error: unknown) => {
    throw wrongUse(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  if (!found.isFile()) throw wrongUse(`${file} is no file.`);
  if (found.size > mostMegabytes * 1024 * 1024) {
    throw wrongUse(
      `${file} is larger than ${mostMegabytes} MB, which is the most that can be sent.\n${inboxHint(file)}`,
    );
  }
  return { bytes: await readFile(file), format: told };
}

/** Says of a manifest and what is to be done with it always the same: the service knows by it that the job is there already. */
export const keyOf = ({ bytes, format }: Manifest, options: string): string =>
  createHash('sha256').update(`${format}\n${options}\n`).update(bytes).digest('hex');
