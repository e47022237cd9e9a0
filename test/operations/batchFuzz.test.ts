import { fuzzBatches } from '../support/fuzzBatches.ts';
import { openHost } from '../support/openHost.ts';
import type { Target } from '../support/target.ts';

let target: Target;
beforeAll(async () => {
  target = await openHost();
});
afterAll(() => target.stop());

test('2,000 mutated batches are answered or refused, and each request in them once, without a 5xx', async () => {
  const { outer, inner } = await fuzzBatches(target, 2000);
  expect([...outer.keys()].sort()).toEqual([200, 400]);
  expect(outer.get(200)).toBeGreaterThan(200);
  expect([...inner.keys()]).toEqual(expect.arrayContaining([200, 201, 400, 404, 405, 424]));
}, 100_000);
