import { deflateRawSync, gzipSync } from 'node:zlib';
import { readRows } from '../../shared/bulk/rows/readRows.ts';
import { readInLittleMemory } from '../support/readInLittleMemory.ts';
import { box, cellsOf, csv } from './manifests.ts';
import { readError, readRight } from './read.ts';

const formats = ['csv', 'jsonLines', 'json'] as const;
const kilobyte = 1024;

/** Reads a file that is made while it is read; @returns why it is no manifest, and how many bytes it took to know. */
async function judge(
  format: (typeof formats)[number],
  chunk: string,
  times: number,
  start = '',
): Promise<{ message: string; taken: number }> {
  let taken = 0;
  async function* file(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(start);
    for (let time = 0; time < times; time += 1) {
      taken += chunk.length;
      yield Buffer.from(chunk);
      await Promise.resolve();
    }
  }
  const generate = { deviceId: false, key: false };
  const read = async (): Promise<void> => {
    for await (const row of readRows(file(), { format, generate, newId: () => '' })) {
      if ('problems' in row) throw new Error(`There is a wrong row: ${JSON.stringify(row)}`);
    }
  };
  const error = await read().catch((thrown: unknown) => thrown as Error);
  return { message: String(error), taken };
}

test.each(formats)('%s: a line of 30 MB is refused as soon as it is too long', async (format) => {
  const chunk = 'x'.repeat(16 * kilobyte);
  const { message, taken } = await judge(format, chunk, 30 * 64);
  expect(message).toMatch(/^ManifestError: .*(longer than 65536 characters|A list of devices is expected)/);
  expect(taken).toBeLessThan(100 * kilobyte);
});

test.each([
  ['delimiters', ','],
  ['quotation marks', '"'],
  ['opening brackets', '[{"a":'],
])('a file of nothing but %s is refused after little of it', async (_what, text) => {
  for (const format of formats) {
    const { message, taken } = await judge(format, text.repeat((16 * kilobyte) / text.length), 30 * 64);
    expect(message).toMatch(/^ManifestError: /);
    expect(taken).toBeLessThan(150 * kilobyte);
  }
});

test('csv: a field that is never closed is refused as soon as its row is too long', async () => {
  const { message, taken } = await judge('csv', 'x\n'.repeat(8 * kilobyte), 30 * 64, `${csv([cellsOf(box)])}"`);
  expect(message).toMatch(/^ManifestError: Line 3: .* longer than 65536 characters; is a quotation mark not closed\?$/);
  expect(taken).toBeLessThan(100 * kilobyte);
});

test.each(['csv', 'jsonLines'] as const)('%s: a million empty lines hold no rows', async (format) => {
  const { message, taken } = await judge(format, '\r\n'.repeat(1000), 1000);
  expect(message).toBe('ManifestError: The manifest holds no rows.');
  expect(taken).toBe(2_000_000);
});

const text = csv([cellsOf(box)]);
const zip = Buffer.concat([Buffer.from('504b030414000000', 'hex'), deflateRawSync(text)]);

test.each([
  ['a ZIP archive', zip],
  ['compressed with gzip', gzipSync(text)],
  ['an Excel workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
  ['a PDF', Buffer.from('%PDF-1.7')],
  ['text in UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le')],
])('a file that is %s is refused, whatever it is called', async (kind, manifest) => {
  for (const format of formats) {
    for (const chunk of [Infinity, 1]) {
      expect((await readError(manifest, { format, chunk })).message).toContain(`The file is ${kind}`);
    }
  }
});

test('text in another encoding is refused with the line in which that shows', async () => {
  const windows1252 = Buffer.from(csv([cellsOf(box), cellsOf(box).with(1, 'Zürich')]), 'latin1');
  for (const chunk of [Infinity, 40, 1]) {
    const error = await readError(windows1252, { chunk });
    expect(error.message).toBe('Line 3: The text is not UTF-8; save the file as "CSV UTF-8".');
  }
});

test('a binary file is refused with the line in which that shows', async () => {
  const error = await readError(csv([cellsOf(box).with(1, '\0')]));
  expect(error.message).toBe('Line 2: The file holds a NUL character: it is binary, not text.');
});

test('characters of several bytes are read, wherever chunks end', async () => {
  const displayName = 'Zürich 東京 \u{1f600}';
  for (const chunk of [Infinity, 5, 3, 1]) {
    const rows = await readRight(csv([cellsOf(box).with(1, displayName)]), { chunk });
    expect(rows).toEqual([{ row: 1, device: { ...box, displayName } }]);
  }
});

test('a manifest of 40,000 rows is read in a heap of 24 MB', async () => {
  const { megabytesOfBuffers, ...counts } = await readInLittleMemory(40_000, 24);
  expect(counts).toEqual({ right: 40_000, wrong: 0 });
  expect(megabytesOfBuffers).toBeLessThan(32);
});
