import type { Caller, Headers } from '../auth/caller.ts';
import type { Jobs } from '../bulk/port.ts';
import type { Body } from '../contract/body.ts';
import type { GraphError } from '../contract/errors.ts';
import type { DirectoryRole } from '../contract/directoryRoles.ts';
import type { Json } from '../contract/json.ts';
import type { QueryText } from '../contract/queryText.ts';
import type { Directory, Entity, Page } from '../directory/port.ts';
import type { GraphResponse } from './answer.ts';
import { withinRights } from './ownRights.ts';

/** The documented pages (`documented`, the default) or what today's Graph does (`current`): docs/sources.md. */
export type Contract = 'documented' | 'current';

/** Names of permissions, least to most privileged. */
export interface Permissions {
  delegated: readonly string[];
  application: readonly string[];
}

/** What the page of an operation says; generated from `docs/api/`. */
export interface OperationPage {
  id: string;
  method: string;
  /** Relative to the version, such as `/users/{usersId}/registeredDevices/$ref`. */
  paths: readonly string[];
  permissions: Permissions;
}

/** What `run` is given. */
export interface OperationInput<B> {
  body: B;
  params: Readonly<Record<string, string>>;
  query: QueryText;
  caller: Caller;
  directory: Directory;
  jobs: Jobs;
  /** Scheme and host on which the caller reached us, without trailing slash. */
  base: string;
  /** For the requests that this one holds, all of them at once. */
  dispatcher(): Dispatch;
  headers: Headers;
  /**
   * The body as it came, of an operation that takes files and so has no `body`.
   * @throws GraphError LengthRequired, RequestEntityTooLarge
   */
  bytes(limit: Limit): Promise<Uint8Array>;
}

/** How large a body may be. */
export interface Limit {
  maxBytes: number;
  /** What to do with a larger one. */
  hint?: string;
}

/** A request that another one holds. */
export interface HeldRequest {
  method: string;
  /** Below the version, decoded, with its leading slash: what operations are found by. */
  path: string;
  /** The same as it was sent, without what no address may hold. */
  address: string;
  /** What stands behind the question mark, still percent-encoded; empty when there is none. */
  query: string;
  headers: Headers;
  text: string;
}

/** Answers a held request as if it had come alone, from the same caller; an error takes the place of one that cannot be read. */
export type Dispatch = (request: HeldRequest | GraphError) => Promise<GraphResponse>;

/** What `run` gives back; addresses are relative to the version. */
export type OperationResult =
  | { status: 200 | 201; context: string; entity: Entity<object>; showType?: boolean; location?: string }
  | { status: 200; context: string; page: Page; showTypes: boolean }
  | { status: 200; context: string; strings: readonly string[] }
  | { status: 200; count: number }
  /** Something that is no object of the directory, with headers of its own; without a context it is no OData either. */
  | { status: 200 | 202; context?: string; json: Json<object>; headers?: Readonly<Record<string, string>> }
  | { status: 200; mediaType: string; text: string; headers?: Readonly<Record<string, string>> }
  | { status: 204 };

/** What a user needs besides, to act on somebody else. */
export interface ForOthers {
  /** One of these delegated permissions. */
  delegated?: readonly string[];
  /** One of these directory roles. */
  directoryRoles?: readonly DirectoryRole[];
}

/** An endpoint as a value: functions, description and tests all read the same list of them. */
export interface Operation<B = unknown> extends OperationPage {
  body?: Body<B> | undefined;
  /** This service's own, and none of Graph: it is served without a version as well. */
  isOurs?: true;
  /** A caller who is a user needs one of these, too. None: no role is asked for. */
  directoryRoles?: readonly DirectoryRole[];
  /**
   * Roles that Graph asks of a user for this. They are asked here where Graph cannot: called with the app's own credential, it
   * does not see the user.
   */
  rolesInGraph?: readonly DirectoryRole[];
  /** Of the directory roles, those that are enough for what the body holds; asked for only where roles are. */
  rolesForBody?(body: B): readonly DirectoryRole[];
  /** The requests that it holds ask for permissions, each for its own; it is none of them itself. */
  holdsRequests?: true;
  /** It only reads, or what changes is told by others: no audit event tells of it, whatever its method is. */
  changesNothing?: true;
  refuse?: Differences<B>['refuse'];
  /** Where the address names a user (`{usersId}`) who is not the caller. */
  forOthers?: ForOthers | undefined;
  /** @throws GraphError */
  run(input: OperationInput<B>): Promise<OperationResult>;
  /** Where `CONTRACT=current` differs. */
  current?: Differences<B>;
}

/** The members of an operation that another contract may replace. */
export interface Differences<B> {
  permissions?: Permissions;
  directoryRoles?: readonly DirectoryRole[];
  run?(input: OperationInput<B>): Promise<OperationResult>;
  /** There is no such operation: what a caller gets instead, whatever the request holds. */
  refuse?(params: Readonly<Record<string, string>>): GraphError;
}

/** What decides how operations are served. */
export interface Terms {
  contract: Contract;
  /** Whether Microsoft Graph is called as this app, and so cannot judge the user. */
  actsAsItself: boolean;
}

/** The operation as the terms in force have it. */
export function onTerms<B>(operation: Operation<B>, { contract, actsAsItself }: Terms): Operation<B> {
  const served = contract === 'current' ? { ...operation, ...operation.current } : operation;
  if (!actsAsItself) return served;
  const { directoryRoles = served.rolesInGraph, run } = served;
  return {
    ...served,
    ...(directoryRoles && { directoryRoles }),
    run: async (input) => run({ ...input, query: withinRights(served, input) }),
  };
}

/** The operations that are served on these terms, as they have them. */
export const inForce = (operations: readonly Operation[], terms: Terms): Operation[] =>
  operations.map((operation) => onTerms(operation, terms)).filter(({ refuse }) => !refuse);
