import type { ObjectReference } from '../../contract/references.ts';

/** Milliseconds for which a device that was just created may still be unknown to the rest of Graph. */
export const replicationMs = 60_000;
/** Devices remembered at most; the oldest is forgotten first. */
const maxNewcomers = 10_000;

/** Devices that were created through this instance a moment ago: that Graph does not know one of them yet proves nothing. */
export interface Newcomers {
  add(id: string, deviceId: string): void;
  has(reference: ObjectReference): boolean;
  /** It was deleted, whoever created it: that Graph does not know it is true. */
  forget(reference: ObjectReference): void;
  /** Whether a device was deleted through this instance a moment ago, by whichever of its names. */
  isGone(id: string, deviceId: string): boolean;
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
  /** What was deleted, by its object id where that is known and by its `deviceId` otherwise, and until when that matters. */
  const gone = new Map<string, number>();
  const isMarked = (name: string): boolean => (gone.get(name.toLowerCase()) ?? 0) > now();
  function mark(name: string): void {
    gone.delete(name);
    gone.set(name, now() + replicationMs);
    for (const [oldest, until] of gone) {
      if (gone.size <= maxNewcomers && until > now()) break;
      gone.delete(oldest);
    }
  }
  /** Another device may have been created with the same `deviceId` since. */
  function remove(newcomer: Newcomer): void {
    byId.delete(newcomer.id);
    if (byDeviceId.get(newcomer.deviceId) === newcomer) byDeviceId.delete(newcomer.deviceId);
  }
  return {
    add(objectId, ownId) {
      const newcomer = { id: objectId.toLowerCase(), deviceId: ownId.toLowerCase(), until: now() + replicationMs };
      byId.set(newcomer.id, newcomer);
      byDeviceId.set(newcomer.deviceId, newcomer);
      gone.delete(newcomer.deviceId);
      for (const oldest of byId.values()) {
        if (byId.size <= maxNewcomers && oldest.until > now()) break;
        remove(oldest);
      }
    },
    has: (reference) => (find(reference)?.until ?? 0) > now(),
    forget(reference) {
      const newcomer = find(reference);
      if (newcomer) remove(newcomer);
      mark(newcomer?.id ?? ('id' in reference ? reference.id : reference.deviceId).toLowerCase());
    },
    isGone: (id, deviceId) => isMarked(id) || isMarked(deviceId),
  };
}
