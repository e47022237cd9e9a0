import type { Json } from '../contract/json.ts';
import type {
  Device,
  DeviceCreate,
  DirectoryObject,
  DirectoryObjectCreate,
  User,
} from '../contract/generated/types.ts';
import type { ObjectReference } from '../contract/references.ts';
import type { OutgoingCall } from '../telemetry/port.ts';

/** An object of the directory with its id and type at hand; `json` holds no annotation. */
export interface Entity<T = DirectoryObject> {
  id: string;
  type: 'microsoft.graph.device' | 'microsoft.graph.directoryObject' | 'microsoft.graph.user';
  json: Json<T>;
}

/**
 * What an operation can ask of a directory, be it emulated or Microsoft Graph.
 *
 * `user` is the object id or the user principal name of a user. A promise resolves when the change is durable.
 */
export interface Directory {
  /** @throws GraphError Request_BadRequest with detail ObjectConflict when `deviceId` is taken */
  createDevice(device: DeviceCreate): Promise<Entity<Device>>;
  /** @throws GraphError Request_ResourceNotFound */
  getDevice(reference: ObjectReference): Promise<Entity<Device>>;
  /** Makes a directoryObject and registers it for the user. */
  createRegisteredObject(user: string, object: DirectoryObjectCreate): Promise<Entity>;
  /**
   * Registers an object that is there already for the user.
   * @throws GraphError Request_ResourceNotFound, or Request_BadRequest when it is registered for the user already
   */
  addRegisteredDevice(user: string, reference: ObjectReference): Promise<Entity>;
  /**
   * Makes a user a registered user of a device: the link of {@link addRegisteredDevice}, from the other side.
   * @param userId object id
   * @throws GraphError Request_ResourceNotFound without the device, Request_BadRequest when it is registered for the
   * user already or the id is that of something else
   */
  addRegisteredUser(device: ObjectReference, userId: string): Promise<void>;
  /** Makes a user an owner of a device; throws as {@link addRegisteredUser} does. */
  addRegisteredOwner(device: ObjectReference, userId: string): Promise<void>;
  /** @throws GraphError Request_ResourceNotFound; the emulated directory has met everybody who is nothing else */
  getUser(user: string): Promise<Entity<User>>;
  /** What is registered for the user, in the order of registration. */
  listRegisteredDevices(user: string): Promise<readonly Entity[]>;
  /** Ends what is open; everything answered before is kept. */
  close(): Promise<void>;
}

/** For whom a directory acts; another service may have to be shown. */
export interface DirectoryCall {
  caller: {
    /** The tenant of the caller's token. */
    tenantId?: string;
    /** The caller's own bearer token; a function, so that nothing shows it by accident. */
    token?(): string;
  };
  version: 'v1.0' | 'beta';
  clientRequestId: string;
  /** W3C trace context, handed on as it came. */
  traceparent?: string;
  /** Takes each HTTP call that was made for the request, when it has ended. */
  called?: (call: OutgoingCall) => void;
}

/** The directory as one request sees it. */
export type DirectoryFor = (call: DirectoryCall) => Directory;
