import { registerUnderFaults } from '../support/registerUnderFaults.ts';

test('a job before a Graph that fails in every way accounts for every row', async () => {
  const { wrong, counts } = await registerUnderFaults(150, 0.3, 3);
  expect(wrong).toEqual([]);
  expect(counts).toEqual({ created: 150, unchanged: 0, rejected: 0, notAttempted: 0 });
});
