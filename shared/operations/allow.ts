import { grantsAny, type Caller, type Granted } from '../auth/caller.ts';
import { directoryRoles, type DirectoryRole } from '../contract/directoryRoles.ts';
import { GraphError, type ErrorDetail } from '../contract/errors.ts';
import type { ForOthers, Operation } from './operation.ts';

/** Values of the placeholders in an address. */
type Params = Readonly<Record<string, string>>;

/** What of an operation decides who may call it. */
export type Guarded = Pick<Operation, 'paths' | 'permissions' | 'directoryRoles' | 'forOthers' | 'holdsRequests'>;

/**
 * Lets the caller pass, or says what is missing.
 * @param params of the address; `usersId` is on whom the caller acts
 * @throws GraphError Authorization_RequestDenied with a detail for each missing thing; BadRequest for `/me` without a user
 */
export function allow(operation: Guarded, caller: Caller, params: Params): void {
  if (operation.holdsRequests) return;
  const isUser = caller.kind === 'user';
  if (!isUser && operation.paths.every((path) => path.startsWith('/me'))) {
    throw new GraphError('BadRequest', '/me request is only valid with delegated authentication flow.');
  }
  const missing: ErrorDetail[] = [];
  const wanted = isUser ? operation.permissions.delegated : operation.permissions.application;
  if (!grantsAny(caller.permissions, wanted)) missing.push(missingPermission(isUser, wanted, caller.permissions));
  if (isUser) missing.push(...missingRole(operation.directoryRoles, caller));
  if (actsOnAnother(caller, params)) missing.push(...missingForOthers(operation.forOthers ?? {}, caller));
  refuseFor(missing);
}

/** @throws GraphError Authorization_RequestDenied for a user who has none of the directory roles */
export function demandRole(roles: readonly DirectoryRole[], caller: Caller): void {
  if (caller.kind === 'user') refuseFor(missingRole(roles, caller));
}

function refuseFor(missing: readonly ErrorDetail[]): void {
  if (missing.length === 0) return;
  throw new GraphError('Authorization_RequestDenied', 'Insufficient privileges to complete the operation.', {
    details: missing,
  });
}

/**
 * Whether a user acts on somebody else. Names other than the object id prove nothing: they can be given to another user.
 * Callers of the emulator may act on everybody, because who they are is made up.
 */
export const actsOnAnother = ({ kind, id, isEmulated }: Caller, { usersId }: Params): boolean =>
  kind === 'user' && !isEmulated && usersId !== undefined && usersId.toLowerCase() !== id;

function missingForOthers({ delegated, directoryRoles: roles }: ForOthers, caller: Caller): ErrorDetail[] {
  const hint = 'to act on another user; /me is the caller';
  const permission =
    delegated && !grantsAny(caller.permissions, delegated)
      ? [missingPermission(true, delegated, caller.permissions, hint)]
      : [];
  return [...permission, ...missingRole(roles, caller, hint)];
}

function missingRole(
  roles: readonly DirectoryRole[] = [],
  { directoryRoles: granted }: Caller,
  why?: string,
): ErrorDetail[] {
  const ids = roles.map((role) => directoryRoles[role]);
  if (roles.length === 0 || grantsAny(granted, ids)) return [];
  const message = `The user needs one of the directory roles ${roles.join(', ')}${why ? ` ${why}` : ''}.`;
  return [{ code: 'MissingDirectoryRole', target: 'wids', message }];
}

function missingPermission(isUser: boolean, wanted: readonly string[], granted: Granted, why?: string): ErrorDetail {
  const has = granted === 'all' || granted.size === 0 ? 'none' : [...granted].join(', ').slice(0, 500);
  return {
    code: 'MissingPermission',
    target: isUser ? 'scp' : 'roles',
    message:
      wanted.length === 0
        ? `No ${isUser ? 'delegated' : 'application'} permission allows this; call it ${isUser ? 'as an application' : 'on behalf of a user'}.`
        : `The token needs the ${isUser ? 'delegated' : 'application'} permission ${wanted.join(' or ')}${why ? ` ${why}` : ''}; it has ${has}.`,
  };
}
