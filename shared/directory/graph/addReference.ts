import { setTimeout as wait } from 'node:timers/promises';
import { notAnswering } from './breaker.ts';
import type { GraphAnswer, GraphClient } from './graphClient.ts';
import { refusal } from './graphErrors.ts';
import { NoAnswer } from './noAnswer.ts';
import { delayMs, isPassing, type Patience } from './patience.ts';
import { isUnknown, whileReplicating } from './replication.ts';

/** A reference that is to be added: from `path` (ends with `/$ref`) to the user. */
export interface NewReference {
  path: string;
  /** Of the user, as Graph addresses it. */
  target: string;
  userId: string;
  /** Whether the device is so new that the rest of Graph may not know it yet. */
  isNew: boolean;
}

/**
 * Adds a reference, which may safely be repeated: that it is there already is a success, once an attempt may have arrived.
 * @throws GraphError
 */
export async function addReference(client: GraphClient, how: Patience, reference: NewReference): Promise<void> {
  const { path, target, userId, isNew } = reference;
  const attempts = { mayBeThere: false };

  /** A refusal that names the user is about the user. */
  const isEarly = (answer: GraphAnswer): boolean =>
    isNew && isUnknown(answer) && !JSON.stringify(answer.body ?? '').includes(userId);

  const answer = await whileReplicating(client, how, isEarly, async () => {
    for (let count = 0; ; count += 1) {
      const attempt = await client
        .once('POST', path, { body: { '@odata.id': target } })
        .catch((error: unknown) => noAnswerOr(error));
      if (!(attempt instanceof NoAnswer) && !isPassing(attempt.status)) return attempt;
      attempts.mayBeThere ||= attempt instanceof NoAnswer ? attempt.reached : attempt.status !== 429;
      const delay = delayMs(how, count, attempt instanceof NoAnswer ? undefined : attempt.header('retry-after'));
      if (performance.now() + delay > client.deadline) {
        throw attempt instanceof NoAnswer ? notAnswering(5, attempt) : refusal(attempt);
      }
      await wait(delay);
    }
  });
  if (answer.status === 204 || (attempts.mayBeThere && isThereAlready(answer))) return;
  throw refusal(answer);
}

function noAnswerOr(error: unknown): NoAnswer {
  if (error instanceof NoAnswer) return error;
  throw error;
}

const isThereAlready = ({ body }: GraphAnswer): boolean => /already exist/i.test(JSON.stringify(body?.error ?? ''));
