import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import extract from 'extract-zip';
import { zip } from '../../tools/zip.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'registrar-zip-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const files: [string, Buffer][] = [
  ['b/größe.txt', Buffer.from('ä'.repeat(10_000))],
  ['a.bin', Buffer.from(Array.from({ length: 1000 }, (_, index) => (index * 31) % 256))],
  ['empty', Buffer.alloc(0)],
];

test('a zip file gives another reader back what went in, names beyond ASCII and nothing at all included', async () => {
  writeFileSync(join(folder, 'all.zip'), zip(new Map(files)));
  await extract(join(folder, 'all.zip'), { dir: join(folder, 'out') });
  const found = readdirSync(join(folder, 'out'), { recursive: true, encoding: 'utf8' });
  expect(found.toSorted()).toEqual(['a.bin', 'b', 'b/größe.txt', 'empty']);
  for (const [path, content] of files) expect(readFileSync(join(folder, 'out', path)).equals(content)).toBe(true);
});

test('the same files make the same zip file, in whatever order they come', () => {
  expect(zip(new Map(files)).equals(zip(new Map(files.toReversed())))).toBe(true);
  expect(zip(new Map(files)).equals(zip(new Map(files.slice(1))))).toBe(false);
});
