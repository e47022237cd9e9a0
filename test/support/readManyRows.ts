import { randomUUID } from 'node:crypto';
import { readRows } from '../../shared/bulk/rows/readRows.ts';
import { deviceHead, deviceRows } from '../../tools/deviceRows.ts';

/** What became of a manifest that was read in a process of its own; see `readInLittleMemory`. */
export interface ReadManyRows {
  right: number;
  wrong: number;
  /** Why the reading ended before the manifest did. */
  error?: string;
  /** The most that buffers and typed arrays took, outside the heap. */
  megabytesOfBuffers: number;
}

/** A manifest that is made while it is read, in chunks as they come from a network. */
async function* manifest(rows: number): AsyncGenerator<Uint8Array> {
  let chunk = deviceHead;
  for (const row of deviceRows(rows, 'many')) {
    chunk += row;
    if (chunk.length < 200_000) continue;
    yield Buffer.from(chunk);
    chunk = '';
    await new Promise(setImmediate);
  }
  yield Buffer.from(chunk);
}

const result: ReadManyRows = { right: 0, wrong: 0, megabytesOfBuffers: 0 };
try {
  const generate = { deviceId: false, key: false };
  for await (const row of readRows(manifest(Number(process.argv[2])), { format: 'csv', generate, newId: randomUUID })) {
    result['value' in row ? 'right' : 'wrong'] += 1;
    if (row.row % 1000 > 0) continue;
    const megabytes = process.memoryUsage().arrayBuffers / 2 ** 20;
    result.megabytesOfBuffers = Math.max(result.megabytesOfBuffers, megabytes);
  }
} catch (thrown) {
  result.error = String(thrown);
}
console.log(JSON.stringify(result));
