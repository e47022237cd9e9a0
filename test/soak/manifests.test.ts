import { readInLittleMemory } from '../support/readInLittleMemory.ts';

test('a manifest of a million rows is read in a heap of 128 MB, and one of more is refused', async () => {
  const { megabytesOfBuffers, ...rest } = await readInLittleMemory(1_000_001, 128);
  expect(rest).toEqual({
    right: 1_000_000,
    wrong: 0,
    error: 'ManifestError: Line 1000002: The manifest has more than 1000000 rows.',
  });
  expect(megabytesOfBuffers).toBeLessThan(100);
}, 300_000);
