import { GraphError, notFound } from '../../contract/errors.ts';
import { guidOf, isGuid } from '../../contract/guid.ts';
import { Json } from '../../contract/json.ts';
import type { Device } from '../../contract/generated/types.ts';
import type { Directory, Entity } from '../port.ts';
import type { DeviceStore, StoredObject } from './deviceStore.ts';
import { deviceText, type DeviceValues } from './deviceText.ts';

/**
 * A directory that behaves as Graph's does, on a store of our own.
 * @param newId makes object ids
 */
export function emulatedDirectory(store: DeviceStore, now: () => Date, newId: () => string): Directory {
  return {
    async createDevice(device) {
      const id = newId();
      const { '@odata.type': _type, ...sent } = device;
      const values = { createdDateTime: toSeconds(now()), ...sent };
      const isNew = await store.addDevice(id, device.deviceId.toLowerCase(), JSON.stringify(values));
      if (!isNew) throw conflict('deviceId');
      return deviceEntity({ id, ...values });
    },

    async getDevice(id) {
      const found = await store.find(id);
      if (found?.type !== 'microsoft.graph.device') throw notFound(id);
      return toEntity(found);
    },

    async createRegisteredObject(user, object) {
      const { '@odata.type': _type, ...sent } = object;
      const id = newId();
      const json = JSON.stringify({ id, deletedDateTime: null, ...sent });
      await store.addRegisteredObject(storedUserId(user), id, json);
      return toEntity({ id, type: 'microsoft.graph.directoryObject', json });
    },

    async addRegisteredDevice(user, reference) {
      const found =
        'id' in reference
          ? await store.find(reference.id.toLowerCase())
          : await store.findByDeviceId(reference.deviceId.toLowerCase());
      if (!found || ('isDevice' in reference && found.type !== 'microsoft.graph.device'))
        throw notFound('id' in reference ? reference.id : reference.deviceId);
      if (!(await store.register(storedUserId(user), found.id))) throw alreadyThere('registeredDevices');
      return toEntity(found);
    },

    listRegisteredDevices: async (user) => (await store.registered(storedUserId(user))).map(toEntity),
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

/** Graph writes instants of directory objects in UTC and whole seconds. */
const toSeconds = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

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
      details: [
        { code: 'ObjectConflict', target: property, message: 'The object is registered for the user already.' },
      ],
    },
  );
