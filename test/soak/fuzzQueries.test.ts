import { fuzzQueries } from '../support/fuzzQueries.ts';

/** How many queries; `SOAK_QUERIES` sets another number. */
const count = Number(process.env.SOAK_QUERIES ?? 100_000);
/** Queries made at a time, so that memory stays flat. */
const slice = 10_000;

test(`${count} mutated filters and searches: none fails, none takes 50 ms`, () => {
  let longestMs = 0;
  for (let sent = 0; sent < count; sent += slice) {
    longestMs = Math.max(longestMs, fuzzQueries(Math.min(slice, count - sent)).longestMs);
  }
  console.log(`The longest query took ${longestMs.toFixed(1)} ms.`);
  expect(longestMs).toBeLessThan(50);
}, 600_000);
