import { fuzzBatches } from '../support/fuzzBatches.ts';
import { openHost } from '../support/openHost.ts';
import type { Target } from '../support/target.ts';

/** How many batches; `SOAK_BATCHES` sets another number. */
const count = Number(process.env.SOAK_BATCHES ?? 100_000);
/** Batches made at a time, so that memory stays flat. */
const slice = 2000;

let target: Target;
beforeAll(async () => {
  target = await openHost();
});
afterAll(() => target.stop());

test(`${count} mutated batches: no 5xx, one answer for each request, and none takes 50 ms`, async () => {
  let longestMs = 0;
  for (let sent = 0; sent < count; sent += slice) {
    longestMs = Math.max(longestMs, (await fuzzBatches(target, Math.min(slice, count - sent))).longestMs);
  }
  console.log(`The longest batch took ${longestMs.toFixed(1)} ms.`);
  expect(longestMs).toBeLessThan(50);
}, 1_800_000);
