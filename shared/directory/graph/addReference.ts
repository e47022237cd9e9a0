import { GraphError } from '../../contract/errors.ts';
import type { DeviceRelation } from '../port.ts';
import { notAnswering } from './breaker.ts';
import type { GraphAnswer, GraphClient } from './graphClient.ts';
import { refusal } from './graphErrors.ts';
import { replicationMs } from './newcomers.ts';
import { answerOrNone, NoAnswer } from './noAnswer.ts';
import { delayMs, isPassing, type Patience } from './patience.ts';
import { isUnknown, whileReplicating } from './replication.ts';

/** A link that is to be made from a device to a user. */
export interface NewReference {
  /** Object id. */
  device: string;
  relation: DeviceRelation;
  /** Object id. */
  user: string;
  /** The user, as Graph addresses it. */
  target: string;
  /** Whether the device is so new that the rest of Graph may not know it yet; asked at each answer, as it may be deleted meanwhile. */
  isNew(): boolean;
}

/**
 * Adds a reference, which may safely be repeated: that it is there already is a success, once an attempt may have arrived.
 * @throws GraphError; OutcomeUnknown when an attempt may have arrived, and nobody can tell
 */
export async function addReference(client: GraphClient, how: Patience, reference: NewReference): Promise<void> {
  const { device, relation, user, target } = reference;
  const path = `/devices/${device}/${relation}/$ref`;
  const attempts = { mayBeThere: false };

  /** A refusal that names the user is about the user. */
  const isEarly = (answer: GraphAnswer): boolean =>
    isUnknown(answer) && reference.isNew() && !JSON.stringify(answer.body ?? '').includes(user);

  const untilAnswered = async (): Promise<GraphAnswer> => {
    for (let count = 0; ; count += 1) {
      const answer = await answerOrNone(() => client.once('POST', path, { body: { '@odata.id': target } }));
      if (!(answer instanceof NoAnswer) && !isPassing(answer.status)) return answer;
      attempts.mayBeThere ||= answer instanceof NoAnswer ? answer.reached : answer.status !== 429;
      const delay = delayMs(how, count, answer instanceof NoAnswer ? undefined : answer.header('retry-after'));
      if (performance.now() + delay > client.deadline) {
        throw answer instanceof NoAnswer ? notAnswering(5, answer) : refusal(answer);
      }
      await client.wait(delay);
    }
  };
  const answer = await whileReplicating(client, how, isEarly, untilAnswered, replicationMs).catch((error: unknown) => {
    throw attempts.mayBeThere ? outcomeUnknown(reference, error) : error;
  });
  if (answer.status === 204 || (attempts.mayBeThere && isThereAlready(answer))) return;
  throw refusal(answer);
}

const isThereAlready = ({ body }: GraphAnswer): boolean => /already exist/i.test(JSON.stringify(body?.error ?? ''));

const outcomeUnknown = ({ device, relation, user }: NewReference, cause: unknown): GraphError =>
  new GraphError('OutcomeUnknown', 'It is not known whether the device was linked to the user.', {
    details: [
      {
        code: 'OutcomeUnknown',
        target: relation,
        message: `Look up whether '${user}' is among the ${relation} of the device with id '${device}' before you try again.`,
      },
    ],
    cause,
  });
