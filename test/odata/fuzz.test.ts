import { openBothStores } from '../support/bothStores.ts';
import { fuzzQueries } from '../support/fuzzQueries.ts';

test('10,000 mutated filters, searches and tokens are refused with 400 and the option at fault, or read and answered', async () => {
  const { read, refused } = await fuzzQueries(10_000);
  expect(read.length).toBeGreaterThan(1000);
  expect(refused).toBeGreaterThan(1000);
  expect(read.filter(({ after }) => after).length).toBeGreaterThan(10);

  const few = await openBothStores(10);
  for (const query of read.slice(0, 1000)) await few.ask(query);
  await few.close();

  const many = await openBothStores(2000);
  for (const query of read.slice(0, 30)) await many.ask(query);
  await many.close();
});
