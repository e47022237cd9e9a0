import { createUnderFaults } from '../support/createUnderFaults.ts';

/** How many devices; `SOAK_CREATES` sets another number. */
const count = Number(process.env.SOAK_CREATES ?? 10_000);

test(`of ${count} creates under faults each ends as exactly one device, and every caller is told the truth`, async () => {
  const { lies, there } = await createUnderFaults(count);
  expect(lies).toEqual([]);
  expect(there).toBe(count);
}, 600_000);
