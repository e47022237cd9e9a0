import type { HttpMethods } from '@azure/core-rest-pipeline';
import type { GraphAnswer, GraphClient, Sent } from './graphClient.ts';
import { refusal } from './graphErrors.ts';
import { isUnreadable, NoAnswer } from './noAnswer.ts';
import { isPassing } from './patience.ts';
import { toAnswers, toEnvelope, type BatchedCall } from './batchEnvelope.ts';

/** Requests of one `$batch` at most. Source: Graph's own limit. */
const maxCalls = 20;

interface Waiting extends BatchedCall {
  resolve(answer: GraphAnswer): void;
  reject(error: unknown): void;
}

/**
 * A client whose calls of one turn of the event loop travel as one `$batch` of Graph; one that is alone travels as it is.
 *
 * Each call has its own answer. That Graph is throttling one is thrown as Graph's refusal, with its `Retry-After`: whoever sends many
 * requests at once decides when to send them again. What may be repeated is repeated alone while Graph fails, and where the answers of
 * a batch cannot be read together.
 */
export function together(client: GraphClient): GraphClient {
  let waiting: Waiting[] = [];

  const leave = (): void => {
    const calls = waiting;
    waiting = [];
    for (let start = 0; start < calls.length; start += maxCalls) travel(client, calls.slice(start, start + maxCalls));
  };
  const send = async (method: HttpMethods, path: string, sent?: Sent): Promise<GraphAnswer> => {
    const answer = await new Promise<GraphAnswer>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(leave);
      waiting.push({ method, path, ...(sent && { sent }), resolve, reject });
    });
    if (answer.status === 429) throw refusal(answer);
    return answer;
  };
  return {
    deadline: client.deadline,
    wait: client.wait,
    once: send,
    async repeat(method, path, sent) {
      const first = await send(method, path, sent).catch((error: unknown) => {
        if (error instanceof NoAnswer) return undefined;
        throw error;
      });
      if (first && !isPassing(first.status)) return first;
      const next = await client.repeat(method, path, sent);
      return { ...next, attempts: next.attempts + 1 };
    },
  };
}

/** Sends calls as one, and settles every one of them. */
function travel(client: GraphClient, calls: readonly Waiting[]): void {
  const [first, ...others] = calls;
  if (!first) return;
  const answers =
    others.length === 0
      ? client.once(first.method, first.path, first.sent).then((answer) => [answer])
      : client.once('POST', '/$batch', { body: toEnvelope(calls) }).then((answer) => toAnswers(answer, calls.length));
  answers.then(
    (settled) => {
      calls.forEach((call, index) => {
        const answer = settled[index];
        // What Graph says nothing about may have been done all the same.
        if (answer) call.resolve(answer);
        else call.reject(new NoAnswer(true, new Error(`The batch has no response for ${call.method} ${call.path}.`)));
      });
    },
    (error: unknown) => {
      const reason = others.length > 0 && isUnreadable(error) ? new NoAnswer(true, error) : error;
      for (const call of calls) call.reject(reason);
    },
  );
}
