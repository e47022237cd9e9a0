import type { Json } from '../contract/json.ts';
import type {
  Device,
  DeviceCreate,
  DeviceUpdate,
  DirectoryObject,
  DirectoryObjectCreate,
  User,
} from '../contract/generated/types.ts';
import type { QueryText } from '../contract/queryText.ts';
import type { ObjectReference } from '../contract/references.ts';
import type { OutgoingCall } from '../telemetry/port.ts';

/** What kinds of objects there are. */
export type ObjectType =
  | 'microsoft.graph.device'
  | 'microsoft.graph.directoryObject'
  | 'microsoft.graph.user'
  | 'microsoft.graph.group'
  | 'microsoft.graph.administrativeUnit'
  | 'microsoft.graph.servicePrincipal'
  | 'microsoft.graph.endpoint'
  | 'microsoft.graph.appRoleAssignment';

/** An object of the directory with its id and type at hand; `json` holds no annotation about itself. */
export interface Entity<T = DirectoryObject> {
  id: string;
  type: ObjectType;
  json: Json<T>;
  /** What was selected of it, as `@odata.context` shows that: `(id,displayName)`. */
  selection?: string;
}

/** A part of a list. */
export interface Page {
  value: readonly Entity[];
  /** What was selected of each. */
  selection?: string;
  /** How many there are in all parts, where that was asked for and is known. */
  count?: number;
  /** The query of the next part, for the same address; undefined at the end. */
  next?: string;
}

/** Navigation properties of a device that can be written. */
export type DeviceRelation = 'registeredOwners' | 'registeredUsers';

/** What is listed: all devices, or what a navigation property leads to. */
export type List = { relation: 'devices' } | (RelatedList & { /** Only those of this type. */ type?: ObjectType });
type RelatedList =
  | { relation: DeviceRelation | 'memberOf' | 'transitiveMemberOf'; device: ObjectReference }
  | { relation: 'registeredDevices' | 'ownedDevices'; user: string };

/** Actions of a device about the groups and units that it is a member of. */
export type MembershipAction = 'checkMemberGroups' | 'checkMemberObjects' | 'getMemberGroups' | 'getMemberObjects';

/**
 * What an operation can ask of a directory, be it emulated or Microsoft Graph.
 *
 * `user` is the object id or the user principal name of a user. A promise resolves when the change is durable. Whatever names an
 * object that is not there is refused with GraphError Request_ResourceNotFound.
 */
export interface Directory {
  /** Where it is, if it is a service of its own: a reference may be written with this address, too. No version, no trailing slash. */
  readonly address?: string;

  /** @throws GraphError Request_BadRequest with detail ObjectConflict when `deviceId` is taken */
  createDevice(device: DeviceCreate): Promise<Entity<Device>>;
  getDevice(reference: ObjectReference, query?: QueryText): Promise<Entity<Device>>;
  /** Properties that are not sent stay as they are. */
  updateDevice(reference: ObjectReference, changes: DeviceUpdate): Promise<void>;
  /** Removes the device with all its links; its deviceId is free again. */
  deleteDevice(reference: ObjectReference): Promise<void>;

  /** @throws GraphError for a query that cannot be answered */
  list(list: List, query: QueryText): Promise<Page>;
  /** How many objects a list has. */
  count(list: List, query: QueryText): Promise<number>;

  /** Makes a directoryObject and registers it for the user. */
  createRegisteredObject(user: string, object: DirectoryObjectCreate): Promise<Entity>;
  /**
   * Registers an object that is there already for the user.
   * @throws GraphError Request_BadRequest when it is registered for the user already
   */
  addRegisteredDevice(user: string, reference: ObjectReference): Promise<Entity>;
  /**
   * Makes a user a registered user or an owner of a device: with `registeredUsers` the link of {@link addRegisteredDevice}, from the
   * other side.
   * @param userId object id
   * @throws GraphError Request_BadRequest when the link is there already, or the id is that of something else
   */
  addReference(device: ObjectReference, relation: DeviceRelation, userId: string): Promise<void>;
  removeReference(device: ObjectReference, relation: DeviceRelation, userId: string): Promise<void>;

  /** Of the ids in `body`, or of all, those of which the device is a member. */
  membership(device: ObjectReference, action: MembershipAction, body: object): Promise<readonly string[]>;

  getUser(user: string, query?: QueryText): Promise<Entity<User>>;
  /** @param id of whatever kind of object */
  getObject(id: string, query?: QueryText): Promise<Entity>;
  deleteObject(id: string): Promise<void>;
  /** Those that are there, in no particular order; ids that are not are left out. */
  getObjects(ids: readonly string[], types: readonly string[]): Promise<readonly Entity[]>;

  /**
   * The same directory for many calls: those made in one turn of the event loop travel to the service behind as one, and each has
   * an outcome of its own. Missing where calls cost nothing to send.
   */
  together?(): Directory;

  /** Ends what is open; everything answered before is kept. */
  close(): Promise<void>;
}

/** For whom a directory acts; another service may have to be shown. */
export interface DirectoryCall {
  caller: {
    /** What kind of caller it is, where that is known. */
    kind?: 'user' | 'application';
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
