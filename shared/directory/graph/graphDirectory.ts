import { GraphError } from '../../contract/errors.ts';
import { isGuid } from '../../contract/guid.ts';
import type { Device } from '../../contract/generated/types.ts';
import type { QueryText } from '../../contract/queryText.ts';
import type { ObjectReference } from '../../contract/references.ts';
import type { Directory, DirectoryFor, Entity } from '../port.ts';
import { addReference } from './addReference.ts';
import { notAnswering } from './breaker.ts';
import { createOnce } from './createOnce.ts';
import { graphClients, type GraphAnswer, type GraphClient, type GraphClientOptions } from './graphClient.ts';
import { toEntity, toPage } from './graphEntities.ts';
import { refusal } from './graphErrors.ts';
import { newcomers, replicationMs } from './newcomers.ts';
import { NoAnswer } from './noAnswer.ts';
import { isUnknown, whileReplicating } from './replication.ts';

/** Microsoft Graph behind the port. */
export function graphDirectory(options: GraphClientOptions): DirectoryFor {
  const clientFor = graphClients(options);
  const { patience, baseUrl } = options;
  const young = newcomers(() => performance.now());

  return (call): Directory => {
    const client = clientFor(call);

    const getDevice = async (reference: ObjectReference): Promise<Entity<Device>> => {
      const isEarly = (answer: GraphAnswer): boolean => young.has(reference) && isUnknown(answer);
      const ask = (): Promise<GraphAnswer> => read(client, pathOf(reference));
      return toEntity(succeeded(await whileReplicating(client, patience, isEarly, ask)).body);
    };
    /** The object id of a user who is named by another one, or is the caller. */
    const userIdOf = async (user: string): Promise<string> =>
      isGuid(user) ? user : toEntity(succeeded(await read(client, userPath(user))).body).id;
    const link = async (reference: ObjectReference, relation: string, user: string): Promise<Entity<Device>> => {
      const device = await getDevice(reference);
      const userId = await userIdOf(user);
      await addReference(client, patience, {
        path: `/devices/${device.id}/${relation}/$ref`,
        target: `${baseUrl}/${call.version}/directoryObjects/${userId}`,
        userId,
        isNew: young.has(reference) || isYoung(device),
      });
      return device;
    };

    return {
      async createDevice(device) {
        const created = toEntity((await createOnce(client, device, patience)).body);
        young.add(created.id, device.deviceId);
        return created;
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
        return toEntity(succeeded(await read(client, userPath(user))).body, 'microsoft.graph.user');
      },
      async listRegisteredDevices(user, query) {
        return toPage(succeeded(await read(client, `${userPath(user)}/registeredDevices`, query)).body);
      },
      close: () => Promise.resolve(),
    };
  };
}

/** A read; that no answer came is a 503, as nothing was changed. */
async function read(client: GraphClient, path: string, query?: QueryText): Promise<GraphAnswer> {
  const address = query === undefined || query.text === '' ? path : `${path}?${query.text}`;
  try {
    return await client.repeat('GET', address, { eventual: query?.eventual ?? false });
  } catch (error) {
    throw error instanceof NoAnswer ? notAnswering(5, error) : error;
  }
}

/** @throws GraphError, Graph's refusal, unless the status is 200 */
function succeeded(answer: GraphAnswer): GraphAnswer {
  if (answer.status !== 200) throw refusal(answer);
  return answer;
}

const pathOf = (reference: ObjectReference): string =>
  'id' in reference ? `/devices/${reference.id}` : `/devices(deviceId='${reference.deviceId}')`;

const userPath = (user: string): string => (user === 'me' ? '/me' : `/users/${encodeURIComponent(user)}`);

/** Whoever created it: Graph's clock tells seconds, and may differ from ours. */
const isYoung = (device: Entity<Device>): boolean =>
  Date.now() - Date.parse(device.json.parse().createdDateTime ?? '') < 2 * replicationMs;

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
