import type { ClientProcess } from './clientProcess.ts';
import type { Cores } from './cores.ts';
import { InvalidRun } from './invalidRun.ts';
import { measurePairs, type Pair } from './pairs.ts';
import { countDevices } from './rows.ts';
import { startServer } from './serverProcess.ts';
import { bareServer, databaseIn, product } from './servers.ts';

export interface ThroughputOptions {
  readonly connections: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly rounds: number;
  /** Flags of `node` for the product. */
  readonly flags: readonly string[];
}

export interface Throughput {
  readonly pairs: readonly Pair[];
  /** Answered with 201 in all slices, and found in the file after the process had been killed. */
  readonly devices: number;
}

/**
 * Loads both servers with creates, in turns; they share a core and never work at the same time.
 * @param folder an empty one for the product's database
 * @param tell takes a line about each round
 * @throws InvalidRun also when the file does not hold exactly the devices that were answered with 201
 */
export async function measureThroughput(
  { flags, ...options }: ThroughputOptions,
  folder: string,
  client: ClientProcess,
  cores: Cores | undefined,
  tell: (line: string) => void,
): Promise<Throughput> {
  const bare = await startServer(bareServer, cores?.server);
  const ours = await startServer(product(folder, flags), cores?.server);
  const { pairs, answered } = await measurePairs(options, { bare, ours }, client, tell);
  await bare.stop('SIGKILL');

  // Killed right after its last answer, which leaves it no time to keep anything later. (A profile needs a proper end.)
  const { connections } = options;
  const last = await client.load({ origin: ours.origin, connections, seconds: 0.5, requests: Infinity });
  await ours.stop(flags.length > 0 ? 'SIGTERM' : 'SIGKILL');
  const created = answered + last.answered;
  const kept = countDevices(databaseIn(folder));
  if (kept !== created)
    throw new InvalidRun(`${created} creates were answered with 201, but ${kept} devices were kept.`);
  return { pairs, devices: kept };
}
