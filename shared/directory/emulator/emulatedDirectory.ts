import { GraphError, notFound } from '../../contract/errors.ts';
import { guidOf, isGuid } from '../../contract/guid.ts';
import { Json } from '../../contract/json.ts';
import type { Device, DirectoryObject } from '../../contract/generated/types.ts';
import type { Directory, Entity } from '../port.ts';
import type { DeviceStore } from './deviceStore.ts';
import { deviceText } from './deviceText.ts';

/**
 * A directory that behaves as Graph's does, on a store of our own.
 * @param newId makes object ids
 */
export function emulatedDirectory(store: DeviceStore, now: () => Date, newId: () => string): Directory {
  return {
    async createDevice(device) {
      const id = newId();
      const entity: Entity<Device> = {
        id,
        type: 'microsoft.graph.device',
        json: new Json(deviceText(device, id, toSeconds(now()))),
      };
      const added = await store.addDevice({ entity, deviceId: device.deviceId.toLowerCase() });
      if (!added) throw conflict('deviceId');
      return entity;
    },

    async getDevice(id) {
      const entity = await store.find(id);
      if (entity?.type !== 'microsoft.graph.device') throw notFound(id);
      return entity;
    },

    async createRegisteredObject(user, object) {
      const { '@odata.type': _type, ...properties } = object;
      const id = newId();
      const json = new Json<DirectoryObject>(JSON.stringify({ id, deletedDateTime: null, ...properties }));
      const entity: Entity = { id, type: 'microsoft.graph.directoryObject', json };
      await store.addRegisteredObject(storedUserId(user), entity);
      return entity;
    },

    async addRegisteredDevice(user, reference) {
      const entity =
        'id' in reference
          ? await store.find(reference.id.toLowerCase())
          : await store.findByDeviceId(reference.deviceId.toLowerCase());
      if (!entity) throw notFound('id' in reference ? reference.id : reference.deviceId);
      if (!(await store.register(storedUserId(user), entity.id))) throw alreadyThere('registeredDevices');
      return entity;
    },

    listRegisteredDevices: (user) => store.registered(storedUserId(user)),
    close: () => store.close(),
  };
}

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
