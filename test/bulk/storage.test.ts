import { randomBytes, randomUUID } from 'node:crypto';
import { openStores } from '../../shared/bulk/azureStorage/openStores.ts';
import { noCounts } from '../../shared/bulk/job.ts';
import { wholeOf } from '../../shared/bulk/lines.ts';
import type { Bytes, Slice, Stores } from '../../shared/bulk/stores.ts';
import { memoryStores } from '../support/memoryStores.ts';
import { openAzurite, type OpenAzurite } from '../support/openAzurite.ts';

let storage: OpenAzurite;
beforeAll(async () => {
  storage = await openAzurite();
});
afterAll(() => storage.stop());

const kinds: [string, () => Promise<Stores>][] = [
  ['memory', () => Promise.resolve(memoryStores())],
  ['Azurite', () => openStores({ connectionString: storage.connectionString }, 'kept-promises', () => new Date())],
];

const allOf = async (bytes: Bytes | undefined): Promise<Buffer | undefined> => bytes && wholeOf(bytes);

/** What each piece is made of is overwritten before the next one comes, as those may do whose memory is used again. */
async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  const piece = Buffer.alloc(size);
  for (let at = 0; at < bytes.length; at += size) {
    const length = bytes.copy(piece, 0, at, at + size);
    await Promise.resolve();
    yield piece.subarray(0, length);
    piece.fill(0);
  }
}

const blockBytes = 512 * 1024;

describe.each(kinds)('storage of jobs in %s', (_kind, open) => {
  const path = (): string => `registration-jobs/${randomUUID()}/file`;

  test.each([0, 1, blockBytes - 1, blockBytes, blockBytes + 1, 3 * blockBytes, 3 * blockBytes + 7])(
    'a file of %d bytes is read as it was put, however it came',
    async (length) => {
      const { files } = await open();
      const content = randomBytes(length);
      for (const size of [1000, 64 * 1024, 3 * blockBytes]) {
        const place = path();
        await files.put(place, inPieces(content, size));
        expect((await allOf(await files.read(place)))?.equals(content)).toBe(true);
      }
    },
  );

  test('a part of a file is what stands there, and nothing beyond its end', async () => {
    const { files } = await open();
    const place = path();
    const content = randomBytes(2 * blockBytes + 5);
    await files.put(place, inPieces(content, 100_000));
    const slices: Slice[] = [
      { from: 0, to: 0 },
      { from: 0, to: 1 },
      { from: blockBytes - 1, to: blockBytes + 1 },
      { from: 3, to: 2 * blockBytes + 4 },
      { from: 2 * blockBytes },
      { from: content.length },
      { from: 10, to: content.length + 100 },
    ];
    for (const slice of slices) {
      const read = await allOf(await files.read(place, slice));
      expect([slice, read?.equals(content.subarray(slice.from, slice.to))]).toEqual([slice, true]);
    }
  });

  test('several files that are read at the same time do not get into each other', async () => {
    const { files } = await open();
    const contents = Array.from({ length: 5 }, () => randomBytes(blockBytes + 100_000));
    const places = contents.map(path);
    await Promise.all(contents.map((content, at) => files.put(places[at] ?? '', inPieces(content, 65_536))));
    const read = await Promise.all(places.map(async (place) => allOf(await files.read(place))));
    expect(read.map((bytes, at) => bytes?.equals(contents[at] ?? Buffer.alloc(0)))).toEqual(contents.map(() => true));
  });

  test('a file that is not there is undefined, and to remove it does nothing', async () => {
    const { files } = await open();
    const place = path();
    await files.put(place, 'here');
    await files.remove(place);
    expect(await files.read(place)).toBeUndefined();
    expect(await files.read(place, { from: 1, to: 3 })).toBeUndefined();
    await files.remove(place);
  });

  test('a range is noted once, and again after it was dropped', async () => {
    const { jobs } = await open();
    const job = randomUUID();
    const counts = { ...noCounts, created: 2 };
    expect(await jobs.addRange(job, { range: 7, counts })).toBe(true);
    expect(await jobs.addRange(job, { range: 7, counts })).toBe(false);
    for await (const done of jobs.doneRanges(job)) expect(done).toEqual({ range: 7, counts });
    expect(await jobs.hasRange(job, 7)).toBe(true);
    await jobs.dropRange(job, 7);
    await jobs.dropRange(job, 8);
    expect(await jobs.hasRange(job, 7)).toBe(false);
    expect(await jobs.addRange(job, { range: 7, counts })).toBe(true);
  });
});
