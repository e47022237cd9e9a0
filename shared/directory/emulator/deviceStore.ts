import type { Device } from '../../contract/generated/types.ts';
import type { Entity } from '../port.ts';

/** A device as a store keeps it; the text of `entity.json` is kept as it is. */
export interface NewDevice {
  entity: Entity<Device>;
  /** In lower case, so that it is unique without regard to case. */
  deviceId: string;
}

/**
 * Where the emulator keeps what it knows. A store stores; the rules are the emulator's.
 *
 * Ids are GUIDs in lower case. A promise of a write resolves when the write survives the end of the process.
 */
export interface DeviceStore {
  /** @returns false when the deviceId is taken; nothing is written then */
  addDevice(device: NewDevice): Promise<boolean>;
  /** Adds an object and registers it for the user, both or neither. */
  addRegisteredObject(userId: string, entity: Entity): Promise<void>;
  /** @returns false when it is registered for the user already */
  register(userId: string, id: string): Promise<boolean>;
  find(id: string): Promise<Entity | undefined>;
  findByDeviceId(deviceId: string): Promise<Entity | undefined>;
  /** What is registered for the user, in the order of registration. */
  registered(userId: string): Promise<readonly Entity[]>;
  close(): Promise<void>;
}
