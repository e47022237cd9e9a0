import { Agent } from 'node:http';
import fc from 'fast-check';
import { hosts, mutatedRequests } from './mutations.ts';
import { send, type Answer } from './send.ts';
import type { Target } from './target.ts';

/** How many requests are under way at once. */
const width = 50;

/**
 * Sends mutated requests and holds every answer to the same promises: Graph's shape, never a 5xx, and the app goes on.
 * The seed is printed, so that a run can be repeated with `FUZZ_SEED`.
 * @param options `oddHosts`: every fifth request names itself after some host
 * @returns how often each status was answered
 */
export async function fuzz(target: Target, count: number, { oddHosts = false } = {}): Promise<Map<number, number>> {
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
  console.log(`${count} mutated requests, seed ${seed}`);
  const requests = fc.sample(mutatedRequests, { seed, numRuns: count });
  const withHost = oddHosts ? fc.sample(hosts, { seed, numRuns: count }) : [];
  requests.forEach((request, index) => {
    const host = withHost[index];
    if (host !== undefined && index % 5 === 0) request.headers.host = host;
  });
  const agent = new Agent({ keepAlive: true, maxSockets: width });
  const statuses = new Map<number, number>();
  let next = 0;
  const sender = async (): Promise<void> => {
    for (let request = requests[next++]; request; request = requests[next++]) {
      const shown = `${request.method} ${request.path} ${JSON.stringify(request.headers)} ${request.body.toString('latin1').slice(0, 500)}`;
      const answer = await send(target.base, { ...request, headers: encodable(request.headers) }, agent).catch(
        (error: unknown) => {
          throw new Error(`no answer to ${shown}`, { cause: error });
        },
      );
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer.status >= 500) throw new Error(`${answer.status} to ${shown}: ${answer.text}`);
      if (answer.status >= 400 && request.method !== 'HEAD') {
        if (isFromHost(answer)) continue;
        const { error } = JSON.parse(answer.text) as { error: { code: string; message: string; innerError: object } };
        if (!error.code || !error.message || !('request-id' in error.innerError))
          throw new Error(`${answer.text} to ${shown}`);
      }
    }
  };
  await Promise.all(Array.from({ length: width }, sender));
  agent.destroy();
  return statuses;
}

/** Requests that no function gets to see, such as an address that cannot be decoded: the host answers without a body. */
const isFromHost = ({ status, headers, text }: Answer): boolean =>
  text === '' && headers['request-id'] === undefined && status < 500;

/** Node's client sends header values as Latin-1. */
const encodable = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Buffer.from(value).toString('latin1')]));
