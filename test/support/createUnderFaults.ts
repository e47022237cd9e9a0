import { Agent } from 'node:http';
import { linuxBox } from './devices.ts';
import { faultyUpstream, seeded } from './faultyUpstream.ts';
import { openHost } from './openHost.ts';
import { send, type Answer } from './send.ts';

/** Callers at a time. */
const width = 100;

const headers = { authorization: 'Bearer adele', 'content-type': 'application/json' };

/** What became of creates through a gateway before a Graph that fails in every way. */
export interface FaultyCreates {
  /** What callers were told that was not so; empty when all is well. */
  lies: string[];
  /** Devices that are there in the end. */
  there: number;
}

/**
 * Creates devices through a gateway while 30 % of its calls go wrong: 429, 503, broken connections, silence, before and after they arrive.
 * Each caller repeats a 503, and after a 504 looks up and repeats; what it is told is compared with what is there.
 * Answers by status and faults by kind are printed, with the seed; `FUZZ_SEED` sets another one.
 */
export async function createUnderFaults(count: number): Promise<FaultyCreates> {
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
  const emulator = await openHost();
  const upstream = await faultyUpstream(emulator.base, 0.3, seeded(seed));
  const gateway = await openHost(
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
  for (const part of [gateway, upstream, emulator]) await part.stop();
  const summary = `answers ${JSON.stringify([...statuses])}, faults ${JSON.stringify([...upstream.injected])}`;
  console.log(`${count} creates under 30 % faults, seed ${seed}: ${summary}`);
  return { lies, there: found.filter(({ status }) => status === 200).length };
}
