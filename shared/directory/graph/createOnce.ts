import { setTimeout as wait } from 'node:timers/promises';
import { GraphError } from '../../contract/errors.ts';
import type { DeviceCreate } from '../../contract/generated/types.ts';
import { isGuid } from '../../contract/guid.ts';
import { notAnswering } from './breaker.ts';
import type { GraphAnswer, GraphClient } from './graphClient.ts';
import { isConflict, refusal } from './graphErrors.ts';
import { NoAnswer } from './noAnswer.ts';
import { delayMs, isPassing, type Patience } from './patience.ts';

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
    const answer = await attempt(() => client.once('POST', '/devices', { body: device })).catch((error: unknown) => {
      throw failure(error as Error); // There is no token, or Graph has been silent for a while.
    });
    if (!(answer instanceof NoAnswer) && isCreated(answer)) return answer;
    const isConflictOfOurs = mayExist && !(answer instanceof NoAnswer) && isConflict(answer);
    if (!(answer instanceof NoAnswer) && !isPassing(answer.status) && answer.status >= 400 && !isConflictOfOurs) {
      throw failure(refusal(answer));
    }
    mayExist ||= mayHaveArrived(answer);

    const delay = delayMs(how, count, answer instanceof NoAnswer ? undefined : answer.header('retry-after'));
    const isLast = performance.now() + delay > client.deadline;
    if (!isLast) await wait(delay);
    const found = await attempt(() => client.repeat('GET', `/devices(deviceId='${device.deviceId}')`)).catch(
      (error: unknown) => {
        throw failure(error as Error);
      },
    );
    if (found instanceof NoAnswer) throw failure(notAnswering(5, found));
    if (found.status === 200) {
      const isSame = isOurs(found, device, performance.now() - begun);
      if (isSame === undefined) throw failure(refusal(found));
      if (isSame) return found;
      throw conflict();
    }
    if (found.status !== 404) throw failure(answer instanceof NoAnswer ? refusal(found) : refusal(answer));
    if (isLast) throw failure(answer instanceof NoAnswer ? notAnswering(5, answer) : refusal(answer));
  }
}

/** Whether Graph says so, and shows the device. */
const isCreated = (answer: GraphAnswer): boolean => answer.status === 201 && isGuid(String(answer.body?.id));

/** Nothing was created by a request that was turned away unread, or never sent. */
const mayHaveArrived = (answer: GraphAnswer | NoAnswer): boolean =>
  answer instanceof NoAnswer ? answer.reached : answer.status !== 429;

/** What came, or that nothing did. An answer that cannot be read is none. */
async function attempt(send: () => Promise<GraphAnswer>): Promise<GraphAnswer | NoAnswer> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof NoAnswer) return error;
    if (error instanceof GraphError && error.status === 502) return new NoAnswer(true, error);
    throw error;
  }
}

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
    keysOf(body?.alternativeSecurityIds) === keysOf(device.alternativeSecurityIds) &&
    Date.parse(String(body?.createdDateTime)) >= firstAttempt - secondsMs
  );
}

/** Security ids as a text that can be compared; those that were given no type have none. */
const keysOf = (ids: unknown): string =>
  JSON.stringify(
    (Array.isArray(ids) ? (ids as { type?: unknown; key?: unknown }[]) : [])
      .map((id) => [id.type ?? null, id.key])
      .sort(),
  );

function conflict(): GraphError {
  const message = 'Another object with the same value for property deviceId already exists.';
  return new GraphError('Request_BadRequest', message, {
    details: [{ code: 'ObjectConflict', target: 'deviceId', message }],
  });
}
