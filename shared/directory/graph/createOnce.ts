import { GraphError } from '../../contract/errors.ts';
import type { DeviceCreate } from '../../contract/generated/types.ts';
import { isGuid } from '../../contract/guid.ts';
import { notAnswering } from './breaker.ts';
import type { GraphAnswer, GraphClient } from './graphClient.ts';
import { isConflict, refusal } from './graphErrors.ts';
import { answerOrNone, NoAnswer } from './noAnswer.ts';
import { delayMs, isPassing, type Patience } from './patience.ts';
import { areSameIds } from './securityIds.ts';

/** Two clocks that tell whole seconds may differ by this much, in milliseconds. */
const secondsMs = 2000;

/**
 * Creates a device exactly once, although Graph has no key for that.
 *
 * A create whose outcome is not known is repeated only after a look at the `deviceId`. A device that is there is ours when its
 * security ids are the same and it was created since our first attempt; otherwise it is the conflict. As long as an attempt may
 * have arrived, no failure is told as if nothing had happened: the caller learns that the outcome is unknown, and what to look up.
 * @throws GraphError; OutcomeUnknown when nobody can tell
 */
export async function createOnce(client: GraphClient, device: DeviceCreate, how: Patience): Promise<GraphAnswer> {
  const begun = performance.now();
  let mayExist = false;
  const failure = (error: Error): Error => (mayExist ? outcomeUnknown(device, error) : error);

  for (let count = 0; ; count += 1) {
    const answer = await answerOrNone(() => client.once('POST', '/devices', { body: device })).catch(
      (error: unknown) => {
        throw failure(error as Error); // There is no token, or Graph has been silent for a while.
      },
    );
    if (!(answer instanceof NoAnswer) && isCreated(answer)) return answer;
    const isConflictOfOurs = mayExist && !(answer instanceof NoAnswer) && isConflict(answer);
    if (!(answer instanceof NoAnswer) && !isPassing(answer.status) && answer.status >= 400 && !isConflictOfOurs) {
      throw failure(refusal(answer));
    }
    mayExist ||= mayHaveArrived(answer);

    const delay = delayMs(how, count, answer instanceof NoAnswer ? undefined : answer.header('retry-after'));
    const isLast = performance.now() + delay > client.deadline;
    const found = await answerOrNone(async () => {
      if (!isLast) await client.wait(delay);
      return client.repeat('GET', `/devices(deviceId='${device.deviceId}')`);
    }).catch((error: unknown) => {
      throw failure(error as Error);
    });
    if (found instanceof NoAnswer) throw failure(notAnswering(5, found));
    if (found.status === 200) {
      const isSame = isOurs(found, device, performance.now() - begun);
      if (isSame === undefined) throw failure(refusal(found));
      if (isSame) return found;
      throw conflict();
    }
    if (!isNotThere(found)) throw failure(answer instanceof NoAnswer ? refusal(found) : refusal(answer));
    if (isLast) throw failure(answer instanceof NoAnswer ? notAnswering(5, answer) : refusal(answer));
  }
}

/** Whether Graph says so, and shows the device. */
const isCreated = (answer: GraphAnswer): boolean => answer.status === 201 && isGuid(String(answer.body?.id));

/** Nothing was created by a request that was turned away unread, or never sent. */
const mayHaveArrived = (answer: GraphAnswer | NoAnswer): boolean =>
  answer instanceof NoAnswer ? answer.reached : answer.status !== 429;

/** That the page is not there is no word about the device: a proxy on the way says so of what it does not know. */
const isNotThere = ({ status, body }: GraphAnswer): boolean => status === 404 && body?.error !== undefined;

const outcomeUnknown = (device: DeviceCreate, cause: Error): GraphError =>
  new GraphError('OutcomeUnknown', 'It is not known whether the device was created.', {
    details: [
      {
        code: 'OutcomeUnknown',
        target: 'deviceId',
        message: `Look up the device with deviceId '${device.deviceId}' before you try again.`,
      },
    ],
    cause,
  });

/**
 * Whether a device that was found is the one that we tried to create.
 * @param elapsedMs since the first attempt; both instants are told by Graph's clock
 * @returns undefined when what was found is no device
 */
function isOurs({ body, header }: GraphAnswer, device: DeviceCreate, elapsedMs: number): boolean | undefined {
  if (!isGuid(String(body?.id))) return undefined;
  const graphTime = Date.parse(header('date') ?? '');
  const firstAttempt = (Number.isNaN(graphTime) ? Date.now() : graphTime) - elapsedMs;
  return (
    areSameIds(device.alternativeSecurityIds, body?.alternativeSecurityIds) &&
    Date.parse(String(body?.createdDateTime)) >= firstAttempt - secondsMs
  );
}

function conflict(): GraphError {
  const message = 'Another object with the same value for property deviceId already exists.';
  return new GraphError('Request_BadRequest', message, {
    details: [{ code: 'ObjectConflict', target: 'deviceId', message }],
  });
}
