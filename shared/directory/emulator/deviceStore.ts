import type { Entity } from '../port.ts';

/** An object as a store keeps it: `json` is text that the store does not look into. */
export interface StoredObject {
  id: string;
  type: Entity['type'];
  json: string;
}

/**
 * Where the emulator keeps what it knows. A store stores; the rules are the emulator's.
 *
 * Ids are GUIDs in lower case. A promise of a write resolves when the write survives the end of the process.
 */
export interface DeviceStore {
  /**
   * @param deviceId in lower case, so that it is unique without regard to case
   * @returns false when the deviceId is taken; nothing is written then
   */
  addDevice(id: string, deviceId: string, json: string): Promise<boolean>;
  /** Adds a directoryObject and registers it for the user, both or neither. */
  addRegisteredObject(userId: string, id: string, json: string): Promise<void>;
  /** @returns false when it is registered for the user already */
  register(userId: string, id: string): Promise<boolean>;
  /** @returns false when the user owns the device already */
  addOwner(userId: string, id: string): Promise<boolean>;
  find(id: string): Promise<StoredObject | undefined>;
  findByDeviceId(deviceId: string): Promise<StoredObject | undefined>;
  /** What is registered for the user, in the order of registration. */
  registered(userId: string): Promise<readonly StoredObject[]>;
  /** @throws whatever would make a write fail */
  check(): Promise<void>;
  close(): Promise<void>;
}
