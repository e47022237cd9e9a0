import { fuzz } from '../support/fuzz.ts';
import { openHost } from '../support/openHost.ts';
import type { Target } from '../support/target.ts';

/** How many requests; `SOAK_REQUESTS` sets another number. */
const count = Number(process.env.SOAK_REQUESTS ?? 100_000);
/** Requests made at a time, so that memory stays flat. */
const slice = 10_000;

let target: Target;
beforeAll(async () => {
  target = await openHost();
});
afterAll(() => target.stop());

test(`${count} mutated requests get no 5xx and do not stop the app`, async () => {
  for (let sent = 0; sent < count; sent += slice) await fuzz(target, Math.min(slice, count - sent), { oddHosts: true });
}, 600_000);
