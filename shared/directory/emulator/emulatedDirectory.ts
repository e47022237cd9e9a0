import { notFound } from '../../contract/errors.ts';
import type { DeviceUpdate } from '../../contract/generated/types.ts';
import type { QueryText } from '../../contract/queryText.ts';
import type { ObjectReference } from '../../contract/references.ts';
import type { DeviceRelation, Directory, Entity } from '../port.ts';
import type { DeviceStore, Link, ListedObject, StoredObject } from './deviceStore.ts';
import type { DeviceValues } from './deviceText.ts';
import { deviceEntity, toEntity } from './entities.ts';
import type { ListReader } from './lists.ts';
import { alreadyThere, conflict, notAUser, notDeletable } from './refusals.ts';
import { users, type KnownUser } from './users.ts';

/** What an emulated directory is made of. */
export interface EmulatorParts {
  store: DeviceStore;
  now(): Date;
  /** Makes object ids. */
  newId(): string;
  /** Everybody there is; undefined: whoever is mentioned. */
  users?: readonly KnownUser[] | undefined;
}

const linkOf: Record<DeviceRelation, Link> = { registeredUsers: 'registered', registeredOwners: 'owned' };

/** What queries take is loaded when the first one comes. */
const queries = () => import('./lists.ts');

/** A directory that behaves as Graph's does, on a store of our own. */
export function emulatedDirectory({ store, now, newId, users: listed }: EmulatorParts): Directory {
  const people = users(store, listed);
  const inSeconds = secondsClock(now);

  const find = async (reference: ObjectReference): Promise<StoredObject> => {
    const named = 'id' in reference ? reference.id : reference.deviceId;
    const id = named.toLowerCase();
    const found = await ('id' in reference ? store.find(id) : store.findByDeviceId(id));
    if (!found || ('isDevice' in reference && found.type !== 'microsoft.graph.device')) throw notFound(named);
    return found;
  };
  const findDevice = (reference: ObjectReference): Promise<StoredObject> =>
    find('id' in reference ? { ...reference, isDevice: true } : reference);
  /** @throws GraphError Request_BadRequest for the id of something else, Request_ResourceNotFound for a stranger */
  const userToLink = async (id: string): Promise<string> => {
    if (await store.find(id.toLowerCase())) throw notAUser(id);
    return people.idOf(id);
  };

  const linkedUsers = async (link: Link, id: string): Promise<ListedObject[]> =>
    Promise.all(
      (await store.linkedUsers(link, id)).map(async ({ id: userId, position }) => ({
        ...(await people.objectOf(userId)),
        position,
      })),
    );
  const reader: ListReader = {
    store,
    async related(list) {
      const objects =
        'user' in list
          ? await store.linkedObjects(
              list.relation === 'ownedDevices' ? 'owned' : 'registered',
              await people.idOf(list.user),
            )
          : await ofDevice(list.relation, (await findDevice(list.device)).id);
      return list.type === undefined ? objects : objects.filter(({ type }) => type === list.type);
    },
    follow: async ({ id }, relation) => {
      const isUsers = relation === 'ownedDevices' || relation === 'registeredDevices';
      const objects = isUsers
        ? await store.linkedObjects(relation === 'ownedDevices' ? 'owned' : 'registered', id)
        : await ofDevice(relation, id);
      return objects.map(toEntity);
    },
  };
  /** Groups and units are not kept: no device is a member of any. */
  async function ofDevice(relation: string, id: string): Promise<readonly ListedObject[]> {
    return relation === 'registeredUsers' || relation === 'registeredOwners' ? linkedUsers(linkOf[relation], id) : [];
  }
  const asked = async (entity: Entity, query: QueryText | undefined, type: 'device' | 'user' | 'directoryObject') =>
    query?.text ? (await queries()).readEntity(entity, query, type, reader.follow) : entity;

  return {
    async createDevice(device) {
      const id = newId();
      const { '@odata.type': _type, ...sent } = device;
      const values = { createdDateTime: inSeconds(), ...sent };
      const isNew = await store.addDevice(id, device.deviceId.toLowerCase(), JSON.stringify(values));
      if (!isNew) throw conflict('deviceId');
      return deviceEntity({ id, ...values });
    },

    getDevice: async (reference, query) => asked(toEntity(await findDevice(reference)), query, 'device'),

    async updateDevice(reference, changes) {
      const { id } = await findDevice(reference);
      if (!(await store.updateDevice(id, (json) => changed(json, changes)))) throw notFound(id);
    },

    async deleteDevice(reference) {
      const { id } = await findDevice(reference);
      if (!(await store.removeObject(id))) throw notFound(id);
    },

    list: async (list, query) => (await queries()).readList(reader, list, query),
    count: async (list, query) => (await queries()).countList(reader, list, query),

    async createRegisteredObject(user, object) {
      const { '@odata.type': _type, ...sent } = object;
      const id = newId();
      const json = JSON.stringify({ id, deletedDateTime: null, ...sent });
      await store.addRegisteredObject(await people.rememberedIdOf(user), id, json);
      return toEntity({ id, type: 'microsoft.graph.directoryObject', json });
    },

    async addRegisteredDevice(user, reference) {
      const found = await find(reference);
      const userId = await people.rememberedIdOf(user);
      if (!(await store.addLink('registered', userId, found.id))) throw alreadyThere('registeredDevices');
      return toEntity(found);
    },

    async addReference(device, relation, userId) {
      const { id } = await findDevice(device);
      if (!(await store.addLink(linkOf[relation], await userToLink(userId), id))) throw alreadyThere(relation);
    },

    async removeReference(device, relation, userId) {
      const { id } = await findDevice(device);
      // Graph names the device in this refusal, not the user.
      if (!(await store.removeLink(linkOf[relation], userId.toLowerCase(), id))) throw notFound(id);
    },

    async membership(device) {
      await findDevice(device);
      return [];
    },

    getUser: async (user, query) => asked(await people.get(user), query, 'user'),

    async getObject(id, query) {
      const found = await store.find(id);
      if (found) return asked(toEntity(found), query, 'directoryObject');
      if (!(await people.isKnown(id))) throw notFound(id);
      return asked(toEntity(await people.objectOf(id)), query, 'directoryObject');
    },

    async deleteObject(id) {
      if (await store.removeObject(id)) return;
      throw (await people.isKnown(id)) ? notDeletable() : notFound(id);
    },

    async getObjects(ids, types) {
      const found = await Promise.all(
        [...new Set(ids)].map(async (id) => {
          const object = await store.find(id);
          if (object) return toEntity(object);
          return (await people.isKnown(id)) ? toEntity(await people.objectOf(id)) : undefined;
        }),
      );
      const isWanted = ({ type }: Entity): boolean =>
        types.length === 0 ||
        types.some((name) =>
          ['directoryobject', type.replace('microsoft.graph.', '').toLowerCase()].includes(name.toLowerCase()),
        );
      return found.filter((entity) => entity !== undefined && isWanted(entity)) as Entity[];
    },

    close: () => store.close(),
  };
}

/** The stored values of a device with changes; of extension attributes those that are not sent stay, too. */
function changed(json: string, sent: DeviceUpdate): string {
  const { '@odata.type': _type, ...changes } = sent;
  const values = JSON.parse(json) as DeviceValues;
  const { extensionAttributes: attributes } = changes;
  const extensionAttributes = attributes && { ...values.extensionAttributes, ...attributes };
  return JSON.stringify({ ...values, ...changes, ...(extensionAttributes && { extensionAttributes }) });
}

/** Graph writes instants of directory objects in UTC and whole seconds; of a second's many devices the text is made once. */
function secondsClock(now: () => Date): () => string {
  let second = NaN;
  let text = '';
  return () => {
    const date = now();
    const current = Math.floor(date.getTime() / 1000);
    if (current !== second) {
      second = current;
      text = `${date.toISOString().slice(0, 19)}Z`;
    }
    return text;
  };
}
