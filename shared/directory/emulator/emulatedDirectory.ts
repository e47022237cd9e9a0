import { GraphError, notFound } from '../../contract/errors.ts';
import { guidOf, isGuid } from '../../contract/guid.ts';
import { Json } from '../../contract/json.ts';
import type { Device } from '../../contract/generated/types.ts';
import type { ObjectReference } from '../../contract/references.ts';
import type { Directory, Entity } from '../port.ts';
import type { DeviceStore, StoredObject } from './deviceStore.ts';
import { deviceText, type DeviceValues } from './deviceText.ts';
import { userText } from './userText.ts';

/**
 * A directory that behaves as Graph's does, on a store of our own.
 * @param newId makes object ids
 */
export function emulatedDirectory(store: DeviceStore, now: () => Date, newId: () => string): Directory {
  const find = async (reference: ObjectReference): Promise<StoredObject> => {
    const named = 'id' in reference ? reference.id : reference.deviceId;
    const id = named.toLowerCase();
    const found = await ('id' in reference ? store.find(id) : store.findByDeviceId(id));
    if (!found || ('isDevice' in reference && found.type !== 'microsoft.graph.device')) throw notFound(named);
    return found;
  };
  const findDevice = (reference: ObjectReference): Promise<StoredObject> =>
    find('id' in reference ? { ...reference, isDevice: true } : reference);
  const refuseUnlessUser = async (id: string): Promise<void> => {
    if (await store.find(id.toLowerCase())) throw notAUser(id);
  };

  const inSeconds = secondsClock(now);
  return {
    async createDevice(device) {
      const id = newId();
      const { '@odata.type': _type, ...sent } = device;
      const values = { createdDateTime: inSeconds(), ...sent };
      const isNew = await store.addDevice(id, device.deviceId.toLowerCase(), JSON.stringify(values));
      if (!isNew) throw conflict('deviceId');
      return deviceEntity({ id, ...values });
    },

    getDevice: async (reference) => toEntity(await findDevice(reference)),

    async createRegisteredObject(user, object) {
      const { '@odata.type': _type, ...sent } = object;
      const id = newId();
      const json = JSON.stringify({ id, deletedDateTime: null, ...sent });
      await store.addRegisteredObject(storedUserId(user), id, json);
      return toEntity({ id, type: 'microsoft.graph.directoryObject', json });
    },

    async addRegisteredDevice(user, reference) {
      const found = await find(reference);
      if (!(await store.register(storedUserId(user), found.id))) throw alreadyThere('registeredDevices');
      return toEntity(found);
    },

    async addRegisteredUser(device, userId) {
      const { id } = await findDevice(device);
      await refuseUnlessUser(userId);
      if (!(await store.register(userId.toLowerCase(), id))) throw alreadyThere('registeredUsers');
    },

    async addRegisteredOwner(device, userId) {
      const { id } = await findDevice(device);
      await refuseUnlessUser(userId);
      if (!(await store.addOwner(userId.toLowerCase(), id))) throw alreadyThere('registeredOwners');
    },

    async getUser(user) {
      const id = storedUserId(user);
      if (await store.find(id)) throw notFound(user);
      return { id, type: 'microsoft.graph.user', json: new Json(userText(id, isGuid(user) ? null : user)) };
    },

    async listRegisteredDevices(user) {
      return { value: (await store.registered(storedUserId(user))).map(toEntity) };
    },
    close: () => store.close(),
  };
}

const deviceEntity = (values: DeviceValues): Entity<Device> => ({
  id: values.id,
  type: 'microsoft.graph.device',
  json: new Json(deviceText(values)),
});

/** Of a device the values are kept, of other objects the whole text. */
const toEntity = ({ id, type, json }: StoredObject): Entity =>
  type === 'microsoft.graph.device'
    ? deviceEntity({ ...(JSON.parse(json) as DeviceValues), id })
    : { id, type, json: new Json(json) };

/** Users are kept by GUID; a user principal name gets one that derives from it. */
const storedUserId = (user: string): string => (isGuid(user) ? user.toLowerCase() : guidOf(user.toLowerCase()));

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

function conflict(property: string): GraphError {
  const message = `Another object with the same value for property ${property} already exists.`;
  return new GraphError('Request_BadRequest', message, {
    details: [{ code: 'ObjectConflict', target: property, message }],
  });
}

const alreadyThere = (property: string): GraphError =>
  new GraphError(
    'Request_BadRequest',
    `One or more added object references already exist for the following modified properties: '${property}'.`,
    {
      details: [{ code: 'ObjectConflict', target: property, message: 'The user and the object are linked already.' }],
    },
  );

const notAUser = (id: string): GraphError =>
  new GraphError('Request_BadRequest', `The object '${id}' is no user.`, {
    details: [
      { code: 'InvalidReference', target: '@odata.id', message: 'A user is expected; this is another kind of object.' },
    ],
  });
