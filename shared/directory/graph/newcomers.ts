import type { ObjectReference } from '../../contract/references.ts';

/** Milliseconds for which a device that was just created may still be unknown to the rest of Graph. */
export const replicationMs = 60_000;
/** Devices remembered at most; the oldest is forgotten first. */
const maxNewcomers = 10_000;

/** Devices that were created through this instance a moment ago: that Graph does not know one of them yet proves nothing. */
export interface Newcomers {
  add(id: string, deviceId: string): void;
  has(reference: ObjectReference): boolean;
  /** It was deleted: that Graph does not know it is true. */
  forget(reference: ObjectReference): void;
}

interface Newcomer {
  id: string;
  deviceId: string;
  until: number;
}

/** @param now milliseconds, on any clock that only goes forward */
export function newcomers(now: () => number): Newcomers {
  /** Each in the order of arrival. Two maps, as a `deviceId` in the place of an object id names nothing. */
  const byId = new Map<string, Newcomer>();
  const byDeviceId = new Map<string, Newcomer>();
  const find = (reference: ObjectReference): Newcomer | undefined =>
    'id' in reference ? byId.get(reference.id.toLowerCase()) : byDeviceId.get(reference.deviceId.toLowerCase());
  function remove({ id, deviceId }: Newcomer): void {
    byId.delete(id);
    byDeviceId.delete(deviceId);
  }
  return {
    add(objectId, ownId) {
      const newcomer = { id: objectId.toLowerCase(), deviceId: ownId.toLowerCase(), until: now() + replicationMs };
      byId.set(newcomer.id, newcomer);
      byDeviceId.set(newcomer.deviceId, newcomer);
      for (const oldest of byId.values()) {
        if (byId.size <= maxNewcomers && oldest.until > now()) break;
        remove(oldest);
      }
    },
    has: (reference) => (find(reference)?.until ?? 0) > now(),
    forget(reference) {
      const newcomer = find(reference);
      if (newcomer) remove(newcomer);
    },
  };
}
