import type { DeviceStore, StoredObject } from './deviceStore.ts';

/** A store that forgets everything at the end of the process. */
export function memoryStore(): DeviceStore {
  const objects = new Map<string, StoredObject>();
  const idsByDeviceId = new Map<string, string>();
  const registrations = new Map<string, Set<string>>();
  const owned = new Map<string, Set<string>>();

  const link = (links: Map<string, Set<string>>, userId: string, id: string): boolean => {
    const ids = links.get(userId) ?? new Set();
    links.set(userId, ids);
    return ids.size < ids.add(id).size;
  };
  const find = (id: string | undefined): StoredObject | undefined => (id === undefined ? undefined : objects.get(id));

  return {
    addDevice(id, deviceId, json) {
      const isNew = !idsByDeviceId.has(deviceId);
      if (isNew) {
        idsByDeviceId.set(deviceId, id);
        objects.set(id, { id, type: 'microsoft.graph.device', json });
      }
      return Promise.resolve(isNew);
    },
    addRegisteredObject(userId, id, json) {
      objects.set(id, { id, type: 'microsoft.graph.directoryObject', json });
      link(registrations, userId, id);
      return Promise.resolve();
    },
    register: (userId, id) => Promise.resolve(link(registrations, userId, id)),
    addOwner: (userId, id) => Promise.resolve(link(owned, userId, id)),
    find: (id) => Promise.resolve(find(id)),
    findByDeviceId: (deviceId) => Promise.resolve(find(idsByDeviceId.get(deviceId))),
    registered: (userId) =>
      Promise.resolve([...(registrations.get(userId) ?? [])].map(find).filter((entity) => entity !== undefined)),
    check: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
