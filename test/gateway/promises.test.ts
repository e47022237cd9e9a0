import { breaker } from '../../shared/directory/graph/breaker.ts';
import { callerTokens } from '../../shared/directory/graph/callerTokens.ts';
import { graphDirectory } from '../../shared/directory/graph/graphDirectory.ts';
import type { Directory } from '../../shared/directory/port.ts';
import { describeDirectory } from '../directory/promises.ts';
import { describeUsers, usersFile } from '../directory/usersPromises.ts';
import { openHost } from '../support/openHost.ts';

/** The proxy, pointed at our own host. */
async function proxy(env?: Record<string, string>): Promise<Directory> {
  const host = await openHost(env);
  const now = (): Date => new Date();
  const directoryFor = graphDirectory({
    baseUrl: host.base,
    tokens: callerTokens('https://login.microsoftonline.com'),
    breaker: breaker(now),
    timeoutMs: 5000,
    patience: { budgetMs: 2000, firstDelayMs: 50, random: Math.random },
  });
  const directory = directoryFor({ caller: { token: () => 'adele' }, version: 'v1.0', clientRequestId: 'promises' });
  return { ...directory, close: () => host.stop() };
}

const name = 'Microsoft Graph, played by our own host';
describeDirectory(name, () => proxy(), { makesObjects: false });
describeUsers(name, () => proxy({ EMULATOR_USERS: usersFile }));
