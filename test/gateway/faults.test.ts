import { createUnderFaults } from '../support/createUnderFaults.ts';

const count = 1000;

test(`of ${count} creates under faults each ends as exactly one device, and every caller is told the truth`, async () => {
  const { lies, there } = await createUnderFaults(count);
  expect(lies).toEqual([]);
  expect(there).toBe(count);
}, 120_000);
