import type { DeviceStore, Link, ListedObject } from './deviceStore.ts';

type Kept = ListedObject & { deviceId?: string };
type Links = Map<string, Map<string, number>>;

/** What queries take is loaded when the first one comes. */
const queries = () => import('./queries/queryObjects.ts');

/** A store that forgets everything at the end of the process. */
export function memoryStore(): DeviceStore {
  const objects = new Map<string, Kept>();
  const idsByDeviceId = new Map<string, string>();
  const links: Record<Link, Links> = { registered: new Map(), owned: new Map() };
  const names = new Map<string, string>();
  let position = 0;

  const add = (object: Omit<Kept, 'position'>): void => {
    objects.set(object.id, { ...object, position: ++position });
  };
  const addLink = (link: Link, userId: string, id: string): boolean => {
    const ids = links[link].get(userId) ?? new Map<string, number>();
    links[link].set(userId, ids);
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
      addLink('registered', userId, id);
      return Promise.resolve();
    },
    addLink: (link, userId, id) => Promise.resolve(addLink(link, userId, id)),
    removeLink: (link, userId, id) => Promise.resolve(links[link].get(userId)?.delete(id) ?? false),
    linkedObjects: (link, userId) =>
      Promise.resolve(
        [...(links[link].get(userId) ?? [])].flatMap(([id, place]) => {
          const object = find(id);
          return object ? [{ ...object, position: place }] : [];
        }),
      ),
    linkedUsers: (link, id) =>
      Promise.resolve(
        [...links[link]]
          .flatMap(([userId, ids]) => [{ id: userId, position: ids.get(id) ?? 0 }])
          .filter((user) => user.position > 0)
          .sort((a, b) => a.position - b.position),
      ),
    rememberUser(id, userPrincipalName) {
      if (!names.has(id)) names.set(id, userPrincipalName);
      return Promise.resolve();
    },
    userName: (id) => Promise.resolve(names.get(id)),
    hasUser: (id) => Promise.resolve(names.has(id) || Object.values(links).some((of) => (of.get(id)?.size ?? 0) > 0)),
    find: (id) => Promise.resolve(find(id)),
    findByDeviceId: (deviceId) => Promise.resolve(find(idsByDeviceId.get(deviceId))),
    listDevices: async (query) => (await queries()).queryObjects(devices(), query),
    countDevices: async (filter, search) =>
      (await queries()).countObjects(devices(), { ...(filter && { filter }), ...(search && { search }) }),
    updateDevice(id, change) {
      const device = find(id);
      const isThere = device?.type === 'microsoft.graph.device';
      if (isThere) objects.set(id, { ...device, json: change(device.json) });
      return Promise.resolve(isThere);
    },
    removeObject(id) {
      const object = find(id);
      if (!object) return Promise.resolve(false);
      objects.delete(id);
      if (object.deviceId !== undefined) idsByDeviceId.delete(object.deviceId);
      for (const byUser of Object.values(links)) {
        byUser.delete(id);
        for (const ids of byUser.values()) ids.delete(id);
      }
      return Promise.resolve(true);
    },
    check: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
