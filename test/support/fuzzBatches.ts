import { Agent } from 'node:http';
import fc from 'fast-check';
import { mutatedBatches } from './mutatedBatches.ts';
import { ownMs } from './ownMs.ts';
import { send, type Answer } from './send.ts';
import type { Target } from './target.ts';

interface Response {
  id: string;
  status: number;
  headers: Record<string, string>;
  body?: { error?: { code?: string; message?: string; innerError?: object } };
}

/** What came of all batches. */
export interface BatchOutcomes {
  /** How often each status was answered, of batches and of the requests in them. */
  outer: Map<number, number>;
  inner: Map<number, number>;
  /** The longest time that one batch took on the thread of the app by itself, in milliseconds, with all that the test does there. */
  longestMs: number;
}

/**
 * Sends mutated batches, one after the other; one that took long is sent again.
 * @throws Error at the first that is answered with anything but 200 or 400, in which a request gets a 5xx, none or several answers, or a
 * refusal that is not of Graph's shape
 */
export async function fuzzBatches(target: Target, count: number): Promise<BatchOutcomes> {
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
  console.log(`${count} mutated batches, seed ${seed}`);
  const agent = new Agent({ keepAlive: true });
  const headers = { authorization: 'Bearer adele', 'content-type': 'application/json' };
  const outcomes: BatchOutcomes = { outer: new Map(), inner: new Map(), longestMs: 0 };
  for (const body of fc.sample(mutatedBatches, { seed, numRuns: count })) {
    const answers: Answer[] = [];
    const ms = await ownMs(async () => {
      const begun = process.threadCpuUsage();
      answers.push(await send(target.base, { method: 'POST', path: '/v1.0/$batch', headers, body }, agent));
      return process.threadCpuUsage(begun).user / 1000;
    });
    outcomes.longestMs = Math.max(outcomes.longestMs, ms);
    for (const answer of answers) judge(body, answer, outcomes);
  }
  agent.destroy();
  return outcomes;
}

function judge(body: string, { status, text }: Answer, { outer, inner }: BatchOutcomes): void {
  add(outer, status);
  const faults = status === 200 ? faultsIn(body, text, inner) : refusalFaults(status, text);
  if (faults.length > 0) throw new Error(`${faults.join(', ')}: ${body.slice(0, 2000)} got ${text.slice(0, 2000)}`);
}

function faultsIn(body: string, text: string, inner: Map<number, number>): string[] {
  const { requests } = JSON.parse(body) as { requests: { id: string }[] };
  const { responses } = JSON.parse(text) as { responses: Response[] };
  const ids = (list: readonly { id: string }[]): string => JSON.stringify(list.map(({ id }) => id).sort());
  const faults = ids(requests) === ids(responses) ? [] : ['not one response for each request'];
  for (const { status, body: answer } of responses) {
    add(inner, status);
    if (status >= 500) faults.push(`a ${status} inside`);
    if (status >= 400 && !isRefusal(answer)) faults.push(`a ${status} without an error`);
  }
  return faults;
}

const refusalFaults = (status: number, text: string): string[] =>
  status === 400 && isRefusal(JSON.parse(text) as Response['body']) ? [] : [`a ${status}`];

const isRefusal = (body: Response['body']): boolean =>
  Boolean(body?.error?.code && body.error.message && 'request-id' in (body.error.innerError ?? {}));

const add = (counts: Map<number, number>, status: number): void => {
  counts.set(status, (counts.get(status) ?? 0) + 1);
};
