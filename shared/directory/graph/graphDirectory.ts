import { setTimeout as wait } from 'node:timers/promises';
import { GraphError } from '../../contract/errors.ts';
import { isGuid } from '../../contract/guid.ts';
import { Json } from '../../contract/json.ts';
import type { Device } from '../../contract/generated/types.ts';
import type { ObjectReference } from '../../contract/references.ts';
import type { Directory, DirectoryFor, Entity } from '../port.ts';
import { notAnswering } from './breaker.ts';
import { createOnce } from './createOnce.ts';
import { NoAnswer, graphClients, type GraphAnswer, type GraphClient, type GraphClientOptions } from './graphClient.ts';
import { refusal } from './graphErrors.ts';
import { delayMs, isPassing } from './patience.ts';

/** Milliseconds for which a device that was just created may still be unknown to the rest of Graph. */
const replicationMs = 60_000;

/** Microsoft Graph behind the port. */
export function graphDirectory(options: GraphClientOptions): DirectoryFor {
  const clientFor = graphClients(options);
  const { patience, baseUrl } = options;

  return (call): Directory => {
    const client = clientFor(call);

    const read = async (path: string): Promise<GraphAnswer> => {
      const answer = await answered(() => client.get(path));
      if (answer.status !== 200) throw refusal(answer);
      return answer;
    };
    const getDevice = async (reference: ObjectReference): Promise<Entity<Device>> =>
      toEntity((await read(pathOf(reference))).body);
    /** The object id of a user who is named by another one, or is the caller. */
    const userIdOf = async (user: string): Promise<string> => {
      if (isGuid(user)) return user;
      const path = user === 'me' ? '/me' : `/users/${encodeURIComponent(user)}`;
      return toEntity((await read(path)).body).id;
    };
    const link = async (reference: ObjectReference, relation: string, user: string): Promise<Entity<Device>> => {
      const device = await getDevice(reference);
      const target = { '@odata.id': `${baseUrl}/${call.version}/directoryObjects/${await userIdOf(user)}` };
      await addReference(client, `/devices/${device.id}/${relation}/$ref`, target, isYoung(device));
      return device;
    };

    return {
      async createDevice(device) {
        const answer = await createOnce(client, device, patience);
        return toEntity(answer.body);
      },
      getDevice,
      createRegisteredObject: () => Promise.reject(nothingToLink()),
      addRegisteredDevice: (user, reference) => link(reference, 'registeredUsers', user),
      async addRegisteredUser(reference, user) {
        await link(reference, 'registeredUsers', user);
      },
      async addRegisteredOwner(reference, user) {
        await link(reference, 'registeredOwners', user);
      },
      async getUser(user) {
        const path = user === 'me' ? '/me' : `/users/${encodeURIComponent(user)}`;
        return toEntity((await read(path)).body, 'microsoft.graph.user');
      },
      async listRegisteredDevices(user) {
        const path = user === 'me' ? '/me' : `/users/${encodeURIComponent(user)}`;
        const { body } = await read(`${path}/registeredDevices`);
        if (!Array.isArray(body?.value)) throw notUnderstood();
        return (body.value as Record<string, unknown>[]).map((item) => toEntity(item));
      },
      close: () => Promise.resolve(),
    };
  };

  /** Adds a reference, which may be repeated; waits for the rest of Graph to learn of a device that is very young. */
  async function addReference(client: GraphClient, path: string, target: object, isNew: boolean): Promise<void> {
    const begun = performance.now();
    for (let count = 0; ; count += 1) {
      const answer = await client.post(path, target).catch((error: unknown) => {
        if (error instanceof NoAnswer) return error;
        throw error;
      });
      const isAnswer = !(answer instanceof NoAnswer);
      if (isAnswer && answer.status === 204) return;
      if (isAnswer && count > 0 && isThereAlready(answer)) return; // An earlier attempt arrived.
      const isWorthIt = !isAnswer || isPassing(answer.status) || (isNew && isUnknownYet(answer));
      const delay = delayMs(patience, count, isAnswer ? answer.header('retry-after') : undefined);
      if (!isWorthIt || performance.now() + delay > Math.min(client.deadline, begun + replicationMs)) {
        throw isAnswer ? refusal(answer) : notAnswering(5, answer);
      }
      await wait(delay);
    }
  }
}

/** A call that is safe to have failed: no answer is a 503. */
async function answered(send: () => Promise<GraphAnswer>): Promise<GraphAnswer> {
  try {
    return await send();
  } catch (error) {
    throw error instanceof NoAnswer ? notAnswering(5, error) : error;
  }
}

const pathOf = (reference: ObjectReference): string =>
  'id' in reference ? `/devices/${reference.id}` : `/devices(deviceId='${reference.deviceId}')`;

/** The words for an object that the rest of Graph has not heard of yet. */
const isUnknownYet = ({ status, body }: GraphAnswer): boolean =>
  status === 404 ||
  (status === 400 && /ResourceNotFound|does not exist|not found/i.test(JSON.stringify(body?.error ?? '')));

const isThereAlready = ({ body }: GraphAnswer): boolean => /already exist/i.test(JSON.stringify(body?.error ?? ''));

const isYoung = (device: Entity<Device>): boolean =>
  Date.now() - Date.parse(device.json.parse().createdDateTime ?? '') < 2 * replicationMs;

/** Annotations that would lead callers past the gateway, or that it makes itself. */
const ours = new Set(['@odata.context', '@odata.id', '@odata.editLink', '@odata.nextLink']);

const notUnderstood = (): GraphError =>
  new GraphError('generalException', 'Microsoft Graph answered in a way that was not expected.', { status: 502 });

/** Our own annotations take the place of Graph's. */
function toEntity(body: Record<string, unknown> | undefined, usual: Entity['type'] = 'microsoft.graph.device'): Entity {
  const { '@odata.type': type, ...rest } = Object.fromEntries(
    Object.entries(body ?? {}).filter(([name]) => !ours.has(name)),
  );
  if (!isGuid(String(rest.id))) throw notUnderstood();
  return {
    id: String(rest.id),
    type: typeof type === 'string' ? (type.replace('#', '') as Entity['type']) : usual,
    json: new Json(JSON.stringify(rest)),
  };
}

/** The documented body that names nothing; Graph has no such write. */
const nothingToLink = (): GraphError =>
  new GraphError('Request_BadRequest', 'The request must name the device that is to be registered.', {
    details: [
      {
        code: 'PropertyRequired',
        target: '@odata.id',
        message:
          'Send {"@odata.id": "…/devices/{id}"} or {"id": "{object id of the device}"}: Microsoft Graph links devices that are there.',
      },
    ],
  });
