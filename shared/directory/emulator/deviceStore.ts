import type { Query } from '../../contract/odata/query.ts';
import type { Position } from '../../contract/odata/skiptoken.ts';
import type { Entity } from '../port.ts';

/** An object as a store keeps it: `json` is text that the store does not look into. */
export interface StoredObject {
  id: string;
  type: Entity['type'];
  json: string;
}

/** An object with its place in a list; a place is never given to another object, whatever is removed. */
export interface ListedObject extends StoredObject {
  position: number;
}

/** What can be between a user and an object: that it is registered for the user, or that the user owns it. */
export type Link = 'registered' | 'owned';

/** Which objects of a list are wanted; `after` is where the page before ended. */
export type StoreQuery = Pick<Query, 'filter' | 'search' | 'orderby' | 'top'> & { after?: Position };

export interface StorePage {
  /** In order, at most `top`. */
  objects: readonly ListedObject[];
  /** Where the next page begins; absent on the last one. */
  next?: Position;
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
  /** @returns false when the link is there already */
  addLink(link: Link, userId: string, id: string): Promise<boolean>;
  /** @returns false when there is no such link */
  removeLink(link: Link, userId: string, id: string): Promise<boolean>;
  /** What a user is linked to, in the order in which it was linked. */
  linkedObjects(link: Link, userId: string): Promise<readonly ListedObject[]>;
  /** Ids of the users that an object is linked to, each with its place in the order. */
  linkedUsers(link: Link, id: string): Promise<readonly { id: string; position: number }[]>;
  /** Keeps the user principal name under which a user was mentioned. */
  rememberUser(id: string, userPrincipalName: string): Promise<void>;
  userName(id: string): Promise<string | undefined>;
  /** Whether a user is linked to something, or was mentioned by name. */
  hasUser(id: string): Promise<boolean>;
  find(id: string): Promise<StoredObject | undefined>;
  findByDeviceId(deviceId: string): Promise<StoredObject | undefined>;
  /**
   * Devices, by `$orderby` or in an order that serves the filter; everything that was answered before is among them.
   * Other callers are served meanwhile, however many devices have to be looked at.
   */
  listDevices(query: StoreQuery): Promise<StorePage>;
  countDevices(filter?: StoreQuery['filter'], search?: StoreQuery['search']): Promise<number>;
  /**
   * Changes what is kept of a device, but not its deviceId.
   * @param change what is kept now becomes what is kept then; nothing comes in between
   * @returns false when there is no such device
   */
  updateDevice(id: string, change: (json: string) => string): Promise<boolean>;
  /**
   * Removes a device or directoryObject with all links from either side; a deviceId is free again.
   * @returns false when there is no such object
   */
  removeObject(id: string): Promise<boolean>;
  /** @throws whatever would make a write fail */
  check(): Promise<void>;
  close(): Promise<void>;
}
