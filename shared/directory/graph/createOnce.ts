import { setTimeout as wait } from 'node:timers/promises';
import { GraphError } from '../../contract/errors.ts';
import type { DeviceCreate } from '../../contract/generated/types.ts';
import { notAnswering } from './breaker.ts';
import { NoAnswer, type GraphAnswer, type GraphClient } from './graphClient.ts';
import { isConflict, refusal } from './graphErrors.ts';
import { delayMs, isPassing, type Patience } from './patience.ts';

/** Two clocks that tell whole seconds may differ by this much, in milliseconds. */
const secondsMs = 2000;

/**
 * Creates a device exactly once, although Graph has no key for that.
 *
 * A create whose outcome is not known is repeated only after a look at the `deviceId`. A device that is there is ours when its
 * security ids are the same and it was created since our first attempt; otherwise it is the conflict. Where looking is not
 * allowed or does not help, the caller is told that the outcome is unknown, and what to look up.
 * @throws GraphError; OutcomeUnknown when nobody can tell
 */
export async function createOnce(client: GraphClient, device: DeviceCreate, how: Patience): Promise<GraphAnswer> {
  const begun = performance.now();
  for (let count = 0; ; count += 1) {
    const answer = await attempt(() => client.post('/devices', device));
    if (answer instanceof NoAnswer ? !answer.reached : answer.status === 429) {
      // Nothing was created. Waiting and looking costs nothing, and is the rule before any repetition.
    } else if (!(answer instanceof NoAnswer)) {
      if (answer.status === 201) return answer;
      if (!isPassing(answer.status) && !(count > 0 && isConflict(answer))) throw refusal(answer);
    }
    const retryAfter = answer instanceof NoAnswer ? undefined : answer.header('retry-after');
    const delay = delayMs(how, count, retryAfter);
    const isLast = performance.now() - begun + delay > how.budgetMs;
    if (!isLast) await wait(delay);

    const found = await attempt(() => client.get(`/devices(deviceId='${device.deviceId}')`));
    if (found instanceof NoAnswer) throw giveUp(answer, device, found);
    if (found.status === 200) {
      if (isOurs(found, device, performance.now() - begun)) return found;
      throw conflict();
    }
    if (found.status !== 404) throw giveUp(answer, device, refusal(found));
    if (isLast) throw answer instanceof NoAnswer ? notAnswering(5, answer) : refusal(answer);
  }
}

/** What came, or that nothing did. */
async function attempt(send: () => Promise<GraphAnswer>): Promise<GraphAnswer | NoAnswer> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof NoAnswer) return error;
    throw error;
  }
}

/** The look-up did not help. What is known for sure is said; otherwise that nobody knows. */
function giveUp(answer: GraphAnswer | NoAnswer, device: DeviceCreate, cause: Error): GraphError {
  if (answer instanceof NoAnswer && !answer.reached) return notAnswering(5, cause);
  if (!(answer instanceof NoAnswer) && answer.status === 429) return refusal(answer);
  return new GraphError('OutcomeUnknown', 'It is not known whether the device was created.', {
    details: [
      {
        code: 'OutcomeUnknown',
        target: 'deviceId',
        message: `Look up the device with deviceId '${device.deviceId}' before you try again.`,
      },
    ],
    cause,
  });
}

/**
 * Whether a device that was found is the one that we tried to create.
 * @param elapsedMs since the first attempt; both instants are told by Graph's clock
 */
function isOurs(found: GraphAnswer, device: DeviceCreate, elapsedMs: number): boolean {
  const { createdDateTime, alternativeSecurityIds } = found.body as {
    createdDateTime?: string;
    alternativeSecurityIds?: DeviceCreate['alternativeSecurityIds'];
  };
  const graphTime = Date.parse(found.header('date') ?? '');
  const firstAttempt = (Number.isNaN(graphTime) ? Date.now() : graphTime) - elapsedMs;
  const keys = (ids: DeviceCreate['alternativeSecurityIds'] = []): string =>
    JSON.stringify(ids.map(({ type, key }) => [type, key]).sort());
  return (
    keys(alternativeSecurityIds) === keys(device.alternativeSecurityIds) &&
    Date.parse(createdDateTime ?? '') >= firstAttempt - secondsMs
  );
}

function conflict(): GraphError {
  const message = 'Another object with the same value for property deviceId already exists.';
  return new GraphError('Request_BadRequest', message, {
    details: [{ code: 'ObjectConflict', target: 'deviceId', message }],
  });
}
