/** How the rows of a manifest are written. */
export type ManifestFormat = 'csv' | 'jsonLines' | 'json';

/** By media type, without parameters. */
const byType: Readonly<Record<string, ManifestFormat>> = {
  'text/csv': 'csv',
  'application/csv': 'csv',
  'text/tab-separated-values': 'csv',
  'application/x-ndjson': 'jsonLines',
  'application/ndjson': 'jsonLines',
  'application/jsonl': 'jsonLines',
  'application/json': 'json',
};

/** Media types that say nothing: what browsers and scripts send for any file, and what Windows calls a CSV file. */
const vague: readonly string[] = ['', 'application/octet-stream', 'text/plain', 'application/vnd.ms-excel'];

/** By the end of the file's name. */
const byEnding: Readonly<Record<string, ManifestFormat>> = {
  csv: 'csv',
  tsv: 'csv',
  ndjson: 'jsonLines',
  jsonl: 'jsonLines',
  json: 'json',
};

/** The format that a media type tells, or, where that says nothing, the file's name. */
export function formatOf(contentType: string | null, fileName = ''): ManifestFormat | undefined {
  const type = (contentType ?? '').replace(/;.*$/s, '').trim().toLowerCase();
  if (!vague.includes(type)) return Object.hasOwn(byType, type) ? byType[type] : undefined;
  const ending = /\.([a-z]+)$/.exec(fileName.toLowerCase())?.[1] ?? '';
  return Object.hasOwn(byEnding, ending) ? byEnding[ending] : undefined;
}
