import { openBothStores, type BothStores } from '../support/bothStores.ts';
import { fuzzQueries } from '../support/fuzzQueries.ts';
import { longestTurn } from '../support/longestTurn.ts';
import { ownMs } from '../support/ownMs.ts';

/** How many queries; `SOAK_QUERIES` sets another number. */
const count = Number(process.env.SOAK_QUERIES ?? 100_000);
/** Queries made at a time, so that memory stays flat. */
const slice = 10_000;
/** Queries that run at a time, as those of a batch do. */
const atOnce = 20;

let stores: BothStores;
beforeAll(async () => {
  stores = await openBothStores(3000);
}, 60_000);
afterAll(() => stores.close());

test(`${count} mutated filters, searches and tokens: none fails, reading or answering, none holds others up for 50 ms of the processor`, async () => {
  let readMs = 0;
  let answerMs = 0;
  for (let sent = 0; sent < count; sent += slice) {
    const { read, longestMs } = await fuzzQueries(Math.min(slice, count - sent));
    readMs = Math.max(readMs, longestMs);
    for (let at = 0; at < read.length; at += atOnce) {
      const ms = await ownMs(() =>
        longestTurn(async () => {
          await Promise.all(read.slice(at, at + atOnce).map((query) => stores.ask(query)));
        }),
      );
      answerMs = Math.max(answerMs, ms);
    }
  }
  console.log(
    `Others waited for at most ${readMs.toFixed(1)} ms of reading and ${answerMs.toFixed(1)} ms of answering.`,
  );
  expect(readMs).toBeLessThan(50);
  expect(answerMs).toBeLessThan(50);
}, 3_600_000);
