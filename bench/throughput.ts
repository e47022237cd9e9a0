import type { ClientProcess } from './clientProcess.ts';
import type { Cores } from './cores.ts';
import { InvalidRun } from './invalidRun.ts';
import { countDevices } from './rows.ts';
import { startServer } from './serverProcess.ts';
import { bareServer, databaseIn, product } from './servers.ts';
import { measureSlice, type Slice } from './slice.ts';

export interface ThroughputOptions {
  readonly connections: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly rounds: number;
  /** Flags of `node` for the product. */
  readonly flags: readonly string[];
}

/** Two slices right after each other, so that whatever else the machine does meets both. */
export interface Pair {
  readonly bare: Slice;
  readonly ours: Slice;
}

export interface Throughput {
  readonly pairs: readonly Pair[];
  /** Answered with 201 in all slices, and found in the file after the process had been killed. */
  readonly devices: number;
}

/**
 * Loads both servers in turns; they share a core and never work at the same time.
 * @param folder an empty one for the product's database
 * @param tell takes a line about each round
 * @throws InvalidRun also when the file does not hold exactly the devices that were answered with 201
 */
export async function measureThroughput(
  { connections, seconds, warmUpSeconds, rounds, flags }: ThroughputOptions,
  folder: string,
  client: ClientProcess,
  cores: Cores | undefined,
  tell: (line: string) => void,
): Promise<Throughput> {
  const bare = await startServer(bareServer, cores?.server);
  const ours = await startServer(product(folder, flags), cores?.server);

  await measureSlice(bare, client, { connections, seconds: warmUpSeconds });
  let { created: answered } = await measureSlice(ours, client, { connections, seconds: warmUpSeconds });
  const pairs: Pair[] = [];
  for (let round = 1; round <= rounds; round++) {
    const slice = { connections, seconds };
    const first = await measureSlice(round % 2 === 1 ? bare : ours, client, slice);
    const second = await measureSlice(round % 2 === 1 ? ours : bare, client, slice);
    const pair = round % 2 === 1 ? { bare: first, ours: second } : { bare: second, ours: first };
    pairs.push(pair);
    answered += pair.ours.created;
    tell(line(round, rounds, pair));
  }
  await bare.stop('SIGKILL');

  // Killed right after its last answer, which leaves it no time to keep anything later. (A profile needs a proper end.)
  const { created } = await client.load({ origin: ours.origin, connections, seconds: 0.5, requests: Infinity });
  await ours.stop(flags.length > 0 ? 'SIGTERM' : 'SIGKILL');
  answered += created;
  const kept = countDevices(databaseIn(folder));
  if (kept !== answered)
    throw new InvalidRun(`${answered} creates were answered with 201, but ${kept} devices were kept.`);
  return { pairs, devices: kept };
}

const line = (round: number, rounds: number, { bare, ours }: Pair): string =>
  `round ${round} of ${rounds}: ${Math.round(bare.perSecond)} bare, ${Math.round(ours.perSecond)} ours per second, ` +
  `ratio ${(ours.perSecond / bare.perSecond).toFixed(2)}`;
