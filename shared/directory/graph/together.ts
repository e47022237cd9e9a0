import type { HttpMethods } from '@azure/core-rest-pipeline';
import type { OutgoingCall } from '../../telemetry/port.ts';
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

/** Takes what became of a call that travelled in a batch; its path is below the version, with its query. */
export type ToldPart = (
  part: Pick<BatchedCall, 'path'> & Pick<OutgoingCall, 'method' | 'startedAt' | 'durationMs' | 'status'>,
) => void;

/**
 * A client whose calls of one turn of the event loop travel as one `$batch` of Graph; one that is alone travels as it is.
 *
 * Each call has its own answer. That Graph is throttling one is thrown as Graph's refusal, with its `Retry-After`: whoever sends many
 * requests at once decides when to send them again. What may be repeated is repeated alone while Graph fails, and where the answers of
 * a batch cannot be read together.
 */
export function together(client: GraphClient, told: ToldPart): GraphClient {
  let waiting: Waiting[] = [];

  const leave = (): void => {
    const calls = waiting;
    waiting = [];
    for (let start = 0; start < calls.length; start += maxCalls)
      travel(client, calls.slice(start, start + maxCalls), told);
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
function travel(client: GraphClient, calls: readonly Waiting[], told: ToldPart): void {
  const [first, ...others] = calls;
  if (!first) return;
  const answers =
    others.length === 0
      ? client.once(first.method, first.path, first.sent).then((answer) => [answer])
      : travelAsOne(client, calls, told);
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

/** Sends calls as one batch, and tells of each that it has answered. */
async function travelAsOne(
  client: GraphClient,
  calls: readonly Waiting[],
  told: ToldPart,
): Promise<(GraphAnswer | undefined)[]> {
  const startedAt = Date.now();
  const begun = performance.now();
  const batch = await client.once('POST', '/$batch', { body: toEnvelope(calls) });
  const answers = toAnswers(batch, calls.length);
  if (batch.status !== 200) return answers;
  const durationMs = performance.now() - begun;
  calls.forEach(({ method, path }, index) => {
    const status = answers[index]?.status;
    told({ method, path, startedAt, durationMs, ...(status !== undefined && { status }) });
  });
  return answers;
}
