import { createUnderFaults } from '../support/createUnderFaults.ts';

/** How many devices; `SOAK_CREATES` sets another number. */
const count = Number(process.env.SOAK_CREATES ?? 10_000);

test(`of ${count} creates under faults each ends as exactly one device, and every caller is told the truth`, async () => {
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
  const { lies, there, summary } = await createUnderFaults(count, seed);
  console.log(`${count} creates under 30 % faults, seed ${seed}: ${summary}`);
  expect(lies).toEqual([]);
  expect(there).toBe(count);
}, 600_000);
