import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ReadManyRows } from './readManyRows.ts';

/** Reads a manifest of so many rows in a process that has so little memory; it ends by itself, or for want of memory. */
export async function readInLittleMemory(rows: number, megabytesOfHeap: number): Promise<ReadManyRows> {
  const script = 'test/support/readManyRows.ts';
  const args = [`--max-old-space-size=${megabytesOfHeap}`, script, String(rows)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as ReadManyRows;
}
