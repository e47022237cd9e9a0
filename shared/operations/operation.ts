import type { Caller } from '../auth/caller.ts';
import type { Body } from '../contract/body.ts';
import type { GraphError } from '../contract/errors.ts';
import type { DirectoryRole } from '../contract/directoryRoles.ts';
import type { Directory, Entity } from '../directory/port.ts';

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
  title: string;
  description: string;
  method: string;
  /** Relative to the version, such as `/users/{usersId}/registeredDevices/$ref`. */
  paths: readonly string[];
  permissions: Permissions;
}

/** What `run` is given. */
export interface OperationInput<B> {
  body: B;
  params: Readonly<Record<string, string>>;
  caller: Caller;
  directory: Directory;
  /** Scheme and host on which the caller reached us, without trailing slash. */
  base: string;
}

/** What `run` gives back; addresses are relative to the version. */
export type OperationResult =
  | { status: 200 | 201; context: string; entity: Entity<object>; showType?: boolean; location?: string }
  | { status: 200; context: string; value: readonly Entity[] }
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
  /** A caller who is a user needs one of these, too. None: no role is asked for. */
  directoryRoles?: readonly DirectoryRole[];
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

/** The operation as the contract in force has it. */
export const inContract = <B>(operation: Operation<B>, contract: Contract): Operation<B> =>
  contract === 'current' ? { ...operation, ...operation.current } : operation;

/** The operations that the contract in force serves, as it has them. */
export const inForce = (operations: readonly Operation[], contract: Contract): Operation[] =>
  operations.map((operation) => inContract(operation, contract)).filter(({ refuse }) => !refuse);
