import { linuxBox } from './support/devices.ts';
import { fuzz } from './support/fuzz.ts';
import { openHost } from './support/openHost.ts';
import { send } from './support/send.ts';
import type { Target } from './support/target.ts';

let target: Target;
beforeAll(async () => {
  target = await openHost();
});
afterAll(() => target.stop());

test('10,000 mutated requests get no 5xx, do not stop the app, and lose nothing', async () => {
  const headers = { authorization: 'Bearer adele', 'content-type': 'application/json' };
  const body = JSON.stringify(linuxBox());
  const created = await send(target.base, { method: 'POST', path: '/v1.0/devices', headers, body });
  const { id } = JSON.parse(created.text) as { id: string };

  const statuses = await fuzz(target, 10_000, { oddHosts: true });
  expect(statuses.get(201)).toBeGreaterThan(20);
  expect(statuses.get(400)).toBeGreaterThan(1000);

  const found = await send(target.base, { method: 'GET', path: `/v1.0/devices/${id}`, headers });
  expect(found.status).toBe(200);
}, 100_000);
