import type { DeviceStore, ListedObject } from './deviceStore.ts';

type Kept = ListedObject & { deviceId?: string };
type Links = Map<string, Map<string, number>>;

/** What queries take is loaded when the first one comes. */
const queries = () => import('./queries/queryObjects.ts');

/** A store that forgets everything at the end of the process. */
export function memoryStore(): DeviceStore {
  const objects = new Map<string, Kept>();
  const idsByDeviceId = new Map<string, string>();
  const registrations: Links = new Map();
  const owned: Links = new Map();
  let position = 0;

  const add = (object: Omit<Kept, 'position'>): void => {
    objects.set(object.id, { ...object, position: ++position });
  };
  const link = (links: Links, userId: string, id: string): boolean => {
    const ids = links.get(userId) ?? new Map<string, number>();
    links.set(userId, ids);
    const isNew = !ids.has(id);
    if (isNew) ids.set(id, ++position);
    return isNew;
  };
  const find = (id: string | undefined): Kept | undefined => (id === undefined ? undefined : objects.get(id));
  const devices = (): ListedObject[] => [...objects.values()].filter(({ type }) => type === 'microsoft.graph.device');

  return {
    addDevice(id, deviceId, json) {
      const isNew = !idsByDeviceId.has(deviceId);
      if (isNew) {
        idsByDeviceId.set(deviceId, id);
        add({ id, type: 'microsoft.graph.device', json, deviceId });
      }
      return Promise.resolve(isNew);
    },
    addRegisteredObject(userId, id, json) {
      add({ id, type: 'microsoft.graph.directoryObject', json });
      link(registrations, userId, id);
      return Promise.resolve();
    },
    register: (userId, id) => Promise.resolve(link(registrations, userId, id)),
    addOwner: (userId, id) => Promise.resolve(link(owned, userId, id)),
    find: (id) => Promise.resolve(find(id)),
    findByDeviceId: (deviceId) => Promise.resolve(find(idsByDeviceId.get(deviceId))),
    registered: (userId) =>
      Promise.resolve(
        [...(registrations.get(userId) ?? [])].flatMap(([id, place]) => {
          const object = find(id);
          return object ? [{ ...object, position: place }] : [];
        }),
      ),
    listDevices: async (query) => (await queries()).queryObjects(devices(), query),
    countDevices: async (filter, search) =>
      (await queries()).matching(devices(), { ...(filter && { filter }), ...(search && { search }) }).length,
    updateDevice(id, json) {
      const device = find(id);
      const isThere = device?.type === 'microsoft.graph.device';
      if (isThere) objects.set(id, { ...device, json });
      return Promise.resolve(isThere);
    },
    removeObject(id) {
      const object = find(id);
      if (!object) return Promise.resolve(false);
      objects.delete(id);
      if (object.deviceId !== undefined) idsByDeviceId.delete(object.deviceId);
      for (const links of [registrations, owned]) {
        links.delete(id);
        for (const ids of links.values()) ids.delete(id);
      }
      return Promise.resolve(true);
    },
    check: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
