import type { GraphAnswer, GraphClient } from './graphClient.ts';
import { delayMs, type Patience } from './patience.ts';

/**
 * Asks again while the rest of Graph may not have heard of a new device, within the time of the request.
 * @param isEarly whether an answer may be due to that
 * @param longestMs milliseconds at most
 */
export async function whileReplicating(
  client: GraphClient,
  how: Patience,
  isEarly: (answer: GraphAnswer) => boolean,
  ask: () => Promise<GraphAnswer>,
  longestMs: number,
): Promise<GraphAnswer> {
  const end = Math.min(client.deadline, performance.now() + longestMs);
  for (let count = 0; ; count += 1) {
    const answer = await ask();
    const delay = delayMs(how, count, answer.header('retry-after'));
    if (!isEarly(answer) || performance.now() + delay > end) return answer;
    await client.wait(delay);
  }
}

/** The words for an object that is not there, or not there yet. */
export const isUnknown = ({ status, body }: GraphAnswer): boolean =>
  status === 404 ||
  (status === 400 && /ResourceNotFound|does not exist|not found/i.test(JSON.stringify(body?.error ?? '')));
