import type { ObjectReference } from '../../contract/references.ts';

/** Milliseconds for which a device that was just created may still be unknown to the rest of Graph. */
export const replicationMs = 60_000;
/** Devices remembered at most; the oldest is forgotten first. */
const maxNewcomers = 10_000;

/** Devices that were created through this instance a moment ago: that Graph does not know one of them yet proves nothing. */
export interface Newcomers {
  add(id: string, deviceId: string): void;
  has(reference: ObjectReference): boolean;
}

/** @param now milliseconds, on any clock that only goes forward */
export function newcomers(now: () => number): Newcomers {
  /** Until when, by id and by deviceId, in the order of arrival. */
  const until = new Map<string, number>();
  return {
    add(id, deviceId) {
      const end = now() + replicationMs;
      for (const key of [id, deviceId]) until.set(key.toLowerCase(), end);
      for (const [key, past] of until) {
        if (until.size <= 2 * maxNewcomers && past > now()) break;
        until.delete(key);
      }
    },
    has(reference) {
      const key = 'id' in reference ? reference.id : reference.deviceId;
      return (until.get(key.toLowerCase()) ?? 0) > now();
    },
  };
}
