import type { HttpMethods } from '@azure/core-rest-pipeline';
import { GraphError } from '../../contract/errors.ts';
import { isGuid } from '../../contract/guid.ts';
import type { Device } from '../../contract/generated/types.ts';
import type { QueryText } from '../../contract/queryText.ts';
import type { ObjectReference } from '../../contract/references.ts';
import type { DeviceRelation, Directory, DirectoryCall, DirectoryFor, Entity } from '../port.ts';
import { addReference } from './addReference.ts';
import { devicePath, listPath, userPath, withQuery } from './addresses.ts';
import { notAnswering } from './breaker.ts';
import { createOnce } from './createOnce.ts';
import { graphClients, type GraphAnswer, type GraphClient, type GraphClientOptions, type Sent } from './graphClient.ts';
import { toCount, toEntity, toPage, toStrings } from './graphEntities.ts';
import { refusal } from './graphErrors.ts';
import { newcomers, replicationMs } from './newcomers.ts';
import { NoAnswer } from './noAnswer.ts';
import { isUnknown, whileReplicating } from './replication.ts';
import { together, type ToldPart } from './together.ts';

/** Milliseconds for which everything but a link waits for a new device: the caller would rather know soon. */
const soonMs = 10_000;

/** Microsoft Graph behind the port. */
export function graphDirectory(options: GraphClientOptions): DirectoryFor {
  const clientFor = graphClients(options);
  const { patience, baseUrl } = options;
  const young = newcomers(() => performance.now());

  /** Tells of a call that travelled in a batch as of every other one. */
  const partsOf =
    ({ version, called }: DirectoryCall): ToldPart =>
    ({ path, ...part }) =>
      called?.({ ...part, url: `${baseUrl}/${version}${path.split('?', 1).join()}`, isPart: true });

  const directoryOver = (client: GraphClient, call: DirectoryCall): Directory => {
    const read = (path: string, query?: QueryText): Promise<GraphAnswer> =>
      repeated(client, 'GET', withQuery(path, query), { eventual: query?.eventual ?? false });
    const succeeded = async (path: string, query?: QueryText): Promise<GraphAnswer> => ok(await read(path, query));
    /** Asks again while Graph may not know a device that was created here a moment ago. */
    const ofDevice = (
      reference: ObjectReference,
      ask: () => Promise<GraphAnswer>,
      longestMs = soonMs,
    ): Promise<GraphAnswer> =>
      whileReplicating(client, patience, (answer) => young.has(reference) && isUnknown(answer), ask, longestMs);
    const readDevice = async (reference: ObjectReference, longestMs: number, query?: QueryText) =>
      toEntity(ok(await ofDevice(reference, () => read(devicePath(reference), query), longestMs)).body);
    /** The object id of a user who is named by another one, or is the caller. */
    const userIdOf = async (user: string): Promise<string> =>
      isGuid(user) ? user : toEntity((await succeeded(userPath(user))).body).id;
    const link = async (
      reference: ObjectReference,
      relation: DeviceRelation,
      user: string,
    ): Promise<Entity<Device>> => {
      const device = await readDevice(reference, replicationMs);
      const userId = await userIdOf(user);
      await addReference(client, patience, {
        device: device.id,
        relation,
        user: userId,
        target: `${baseUrl}/${call.version}/directoryObjects/${userId}`,
        isNew: () =>
          !young.isGone(device.id, String(device.json.parse().deviceId)) &&
          (young.has({ id: device.id }) || isYoung(device)),
      });
      return device;
    };

    return {
      address: baseUrl,

      async createDevice(device) {
        const created = toEntity((await createOnce(client, device, patience)).body);
        young.add(created.id, device.deviceId);
        return created;
      },
      getDevice: (reference, query) => readDevice(reference, soonMs, query),
      async updateDevice(reference, changes) {
        done(await ofDevice(reference, () => repeated(client, 'PATCH', devicePath(reference), { body: changes })));
      },
      async deleteDevice(reference) {
        gone(await ofDevice(reference, () => repeated(client, 'DELETE', devicePath(reference))));
        young.forget(reference);
      },

      async list(list, query) {
        const usual = list.relation === 'devices' ? undefined : list.type;
        return toPage((await succeeded(listPath(list), query)).body, usual);
      },
      count: async (list, query) => toCount(await succeeded(`${listPath(list)}/$count`, query)),

      createRegisteredObject: () => Promise.reject(nothingToLink()),
      addRegisteredDevice: (user, reference) => link(reference, 'registeredUsers', user),
      async addReference(reference, relation, user) {
        await link(reference, relation, user);
      },
      async removeReference(reference, relation, userId) {
        gone(await repeated(client, 'DELETE', `${devicePath(reference)}/${relation}/${userId}/$ref`));
      },

      async membership(reference, action, body) {
        const path = `${devicePath(reference)}/${action}`;
        return toStrings(ok(await ofDevice(reference, () => repeated(client, 'POST', path, { body }))).body);
      },

      async getUser(user, query) {
        return toEntity((await succeeded(userPath(user), query)).body, 'microsoft.graph.user');
      },
      async getObject(id, query) {
        return toEntity((await succeeded(`/directoryObjects/${id}`, query)).body, 'microsoft.graph.directoryObject');
      },
      async deleteObject(id) {
        gone(await repeated(client, 'DELETE', `/directoryObjects/${id}`));
        young.forget({ id });
      },
      async getObjects(ids, types) {
        const body = { ids, ...(types.length > 0 && { types }) };
        return toPage(ok(await repeated(client, 'POST', '/directoryObjects/getByIds', { body })).body).value;
      },

      together: () => directoryOver(together(client, partsOf(call)), call),
      close: () => Promise.resolve(),
    };
  };
  return (call) => directoryOver(clientFor(call), call);
}

/** Something that may safely arrive twice; that no answer came is a 503. */
async function repeated(client: GraphClient, method: HttpMethods, path: string, sent?: Sent): Promise<GraphAnswer> {
  try {
    return await client.repeat(method, path, sent);
  } catch (error) {
    throw error instanceof NoAnswer ? notAnswering(5, error) : error;
  }
}

/** @throws GraphError, Graph's refusal, unless the status is 200 */
function ok(answer: GraphAnswer): GraphAnswer {
  if (answer.status !== 200) throw refusal(answer);
  return answer;
}

/** @throws GraphError unless a write succeeded */
function done(answer: GraphAnswer): void {
  if (answer.status !== 204 && answer.status !== 200) throw refusal(answer);
}

/** @throws GraphError unless something is gone: that it is not there is a success, once an earlier attempt may have removed it */
function gone(answer: GraphAnswer): void {
  if (answer.status !== 404 || answer.attempts === 1) done(answer);
}

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
