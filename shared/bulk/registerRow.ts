import { toGraphError, type GraphError } from '../contract/errors.ts';
import { isGuid } from '../contract/guid.ts';
import type { Device } from '../contract/generated/types.ts';
import type { Directory } from '../directory/port.ts';
import { differences } from './differences.ts';
import type { RowOutcome } from './rowOutcome.ts';
import type { Row } from './rows/row.ts';

/** What an attempt has to know of earlier ones. */
export interface Attempt {
  /** When the job began, in milliseconds since 1970. */
  since: number;
  /** A row may have been registered by an earlier delivery of a message. */
  isAgain: boolean;
}

/** Two clocks that tell whole seconds may differ by this much, in milliseconds. */
const clockMs = 2000;

/** @param since in milliseconds since 1970, by our clock; the device has the time of the directory's */
export const wasCreatedSince = ({ createdDateTime }: Device, since: number): boolean =>
  Date.parse(createdDateTime ?? '') >= since - clockMs;

/** Creates the device of a row and links it; what fails is an outcome, too. Never rejects. */
export async function registerRow(
  directory: Directory,
  row: Row,
  attempt: Attempt,
  made?: string,
): Promise<RowOutcome> {
  let device: { outcome: 'created' | 'unchanged'; id: string };
  try {
    device = made === undefined ? await createOrFind(directory, row, attempt) : { outcome: 'created', id: made };
  } catch (thrown) {
    return toOutcome(row.row, toGraphError(thrown));
  }
  try {
    await link(directory, row, device.id);
  } catch (thrown) {
    return toOutcome(row.row, toGraphError(thrown), device.id);
  }
  return { row: row.row, ...device };
}

async function createOrFind(
  directory: Directory,
  { device }: Row,
  attempt: Attempt,
): Promise<{ outcome: 'created' | 'unchanged'; id: string }> {
  try {
    return { outcome: 'created', id: (await directory.createDevice(device)).id };
  } catch (thrown) {
    const error = toGraphError(thrown);
    if (!isThereAlready(error)) throw error;
    const { id, json } = await directory.getDevice({ deviceId: device.deviceId.toLowerCase() });
    const there = json.parse();
    const different = differences(device, there);
    if (different) throw different;
    const isOurs = attempt.isAgain && wasCreatedSince(there, attempt.since);
    return { outcome: isOurs ? 'created' : 'unchanged', id };
  }
}

/** A link that is there already is one. */
async function link(directory: Directory, { registeredUser, registeredOwner }: Row, id: string): Promise<void> {
  const reference = { id, isDevice: true } as const;
  if (registeredUser !== undefined) {
    await unlessThere(directory.addRegisteredDevice(registeredUser, reference));
  }
  if (registeredOwner !== undefined) {
    const owner = isGuid(registeredOwner) ? registeredOwner : (await directory.getUser(registeredOwner)).id;
    await unlessThere(directory.addReference(reference, 'registeredOwners', owner));
  }
}

async function unlessThere(added: Promise<unknown>): Promise<void> {
  try {
    await added;
  } catch (thrown) {
    if (!isThereAlready(toGraphError(thrown))) throw thrown;
  }
}

/** Source: the directory workload says so in several ways (docs/sources.md). */
const isThereAlready = ({ status, message, details }: GraphError): boolean =>
  (status === 400 || status === 409) &&
  /ObjectConflict|ConflictingObjects|already exists?\b|conflicting object/i.test(JSON.stringify([message, details]));

/** What passes is tried again: 429, and whatever the other side has to answer for. */
function toOutcome(row: number, error: GraphError, id?: string): RowOutcome {
  if (error.status !== 429 && error.status < 500) {
    return { row, outcome: 'rejected', error, ...(id !== undefined && { id }) };
  }
  return { row, outcome: 'deferred', error, retryAfterSeconds: retryAfterOf(error) };
}

/** Seconds, as Graph writes them; anything else counts as not said. */
function retryAfterOf({ headers }: GraphError): number | undefined {
  const value = headers['Retry-After'] ?? headers['retry-after'] ?? '';
  return /^\d{1,6}$/.test(value) ? Number(value) : undefined;
}
