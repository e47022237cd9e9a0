import { fuzzQueries } from '../support/fuzzQueries.ts';

test('10,000 mutated filters and searches are read, or refused with 400 and the option at fault', () => {
  const outcomes = fuzzQueries(10_000);
  expect(outcomes.read).toBeGreaterThan(1000);
  expect(outcomes.refused).toBeGreaterThan(1000);
});
