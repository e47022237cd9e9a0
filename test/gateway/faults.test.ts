import { Agent } from 'node:http';
import { linuxBox } from '../support/devices.ts';
import { faultyUpstream, seeded, type FaultyUpstream } from '../support/faultyUpstream.ts';
import { openHost } from '../support/openHost.ts';
import { send, type Answer } from '../support/send.ts';
import type { Target } from '../support/target.ts';

/** How many devices; `GATEWAY_CREATES` sets another number. */
const count = Number(process.env.GATEWAY_CREATES ?? 1000);
const width = 100;

let emulator: Target;
let upstream: FaultyUpstream;
let gateway: Target;
beforeAll(async () => {
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
  console.log(`${count} creates under 30 % faults, seed ${seed}`);
  emulator = await openHost();
  upstream = await faultyUpstream(emulator.base, 0.3, seeded(seed));
  gateway = await openHost(
    {
      DIRECTORY_MODE: 'graph',
      AUTH_MODE: 'passthrough',
      GRAPH_CREDENTIAL: 'callerToken',
      GRAPH_BASE_URL: upstream.base,
      GRAPH_TIMEOUT_MS: '1000',
      GRAPH_TIME_BUDGET_S: '5',
    },
    () => undefined, // Failures of the upstream are told to the log; here they are the point.
  );
});
afterAll(async () => {
  await gateway.stop();
  await upstream.stop();
  await emulator.stop();
});

const headers = { authorization: 'Bearer adele', 'content-type': 'application/json' };

test(`of ${count} creates under faults each ends as exactly one device, and every caller is told the truth`, async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: width });
  const devices = Array.from({ length: count }, () => linuxBox());
  const lies: string[] = [];
  const statuses = new Map<number, number>();
  const directly = (path: string): Promise<Answer> => send(emulator.base, { method: 'GET', path, headers });
  let next = 0;
  const caller = async (): Promise<void> => {
    for (let device = devices[next++]; device; device = devices[next++]) {
      for (;;) {
        const body = JSON.stringify(device);
        const answer = await send(gateway.base, { method: 'POST', path: '/v1.0/devices', headers, body }, agent);
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        const found = await directly(`/v1.0/devices(deviceId='${device.deviceId}')`);
        if (answer.status === 201) {
          const { id } = JSON.parse(answer.text) as { id: string };
          if (found.status !== 200 || (JSON.parse(found.text) as { id: string }).id !== id)
            lies.push(`201 without ${id}`);
          break;
        }
        if (answer.status === 504) {
          if (!answer.text.includes('OutcomeUnknown') || !answer.text.includes(device.deviceId)) lies.push(answer.text);
          if (found.status === 200) break;
          continue;
        }
        if (found.status === 200) lies.push(`${answer.status} although the device exists: ${answer.text}`);
        if (answer.status !== 503 && answer.status !== 429) lies.push(answer.text);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  };
  await Promise.all(Array.from({ length: width }, caller));
  agent.destroy();

  upstream.rate = 0;
  const found = await Promise.all(devices.map(({ deviceId }) => directly(`/v1.0/devices(deviceId='${deviceId}')`)));
  console.log(`answers ${JSON.stringify([...statuses])}, faults ${JSON.stringify([...upstream.injected])}`);
  expect(lies).toEqual([]);
  expect(found.filter(({ status }) => status === 200)).toHaveLength(count);
}, 300_000);
