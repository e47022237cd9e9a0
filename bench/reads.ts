import type { ClientProcess } from './clientProcess.ts';
import type { Cores } from './cores.ts';
import { measurePairs, type Pair } from './pairs.ts';
import { someIds } from './rows.ts';
import { startServer } from './serverProcess.ts';
import { bareServer, databaseIn, product } from './servers.ts';
import type { ThroughputOptions } from './throughput.ts';

/** As many devices are read, again and again: they lie all over the file. */
const devicesRead = 10_000;

/**
 * Loads both servers with reads of one device, in turns, as `measureThroughput` does with creates.
 * @param folder where that left its devices, which nobody has open
 * @param tell takes a line about each round
 */
export async function measureReads(
  { flags, ...options }: ThroughputOptions,
  folder: string,
  client: ClientProcess,
  cores: Cores | undefined,
  tell: (line: string) => void,
): Promise<readonly Pair[]> {
  const ids = someIds(databaseIn(folder), devicesRead);
  const bare = await startServer(bareServer, cores?.server);
  const ours = await startServer(product(folder, flags), cores?.server);
  const { pairs } = await measurePairs({ ...options, ids }, { bare, ours }, client, tell);
  await bare.stop('SIGKILL');
  await ours.stop('SIGTERM');
  return pairs;
}
