import { ManifestError } from '../../shared/bulk/rows/manifestError.ts';
import { readRows, type ReadOptions } from '../../shared/bulk/rows/readRows.ts';
import type { ReadRow, Row, RowProblem } from '../../shared/bulk/rows/row.ts';

/** The id that is made up, where one is. */
export const madeUpId = '11111111-2222-4333-8444-555555555555';

export interface Read {
  rows: ReadRow[];
  unknown: readonly string[];
}

/** Reads a manifest that comes in chunks of so many bytes. */
export async function read(
  manifest: string | Uint8Array,
  options: Partial<ReadOptions> & { chunk?: number } = {},
): Promise<Read> {
  const { chunk = Infinity, ...rest } = options;
  const bytes = typeof manifest === 'string' ? Buffer.from(manifest) : manifest;
  const reader = readRows(inChunks(bytes, chunk), {
    format: 'csv',
    generate: { deviceId: false, key: false },
    newId: () => madeUpId,
    ...rest,
  });
  const rows: ReadRow[] = [];
  for await (const row of reader) rows.push(row);
  return { rows, unknown: reader.unknownColumns() };
}

// eslint-disable-next-line @typescript-eslint/require-await -- a network makes one wait, a test does not
async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The rows of a manifest in which all are right. */
export async function readRight(...args: Parameters<typeof read>): Promise<Row[]> {
  const { rows } = await read(...args);
  return rows.map((row) => {
    if ('problems' in row) throw new Error(`A row is wrong: ${JSON.stringify(row)}`);
    return row.value;
  });
}

/** What is wrong with the rows of a manifest. */
export async function readProblems(...args: Parameters<typeof read>): Promise<RowProblem[]> {
  const { rows } = await read(...args);
  return rows.flatMap((row) => ('problems' in row ? row.problems : []));
}

/** Why a manifest is none. */
export async function readError(...args: Parameters<typeof read>): Promise<ManifestError> {
  try {
    await read(...args);
  } catch (thrown) {
    if (thrown instanceof ManifestError) return thrown;
    throw thrown;
  }
  throw new Error('The manifest was read to its end.');
}
