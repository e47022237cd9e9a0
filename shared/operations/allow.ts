import { grantsAny, type Caller, type Granted } from '../auth/caller.ts';
import { directoryRoles } from '../contract/directoryRoles.ts';
import { GraphError, type ErrorDetail } from '../contract/errors.ts';
import type { Operation } from './operation.ts';

/** What of an operation decides who may call it. */
type Guarded = Pick<Operation, 'paths' | 'permissions' | 'directoryRoles'>;

/**
 * Lets the caller pass, or says what is missing.
 * @throws GraphError Authorization_RequestDenied with a detail for each missing thing; BadRequest for `/me` without a user
 */
export function allow(operation: Guarded, caller: Caller): void {
  const isUser = caller.kind === 'user';
  if (!isUser && operation.paths.every((path) => path.startsWith('/me'))) {
    throw new GraphError('BadRequest', '/me request is only valid with delegated authentication flow.');
  }
  const missing: ErrorDetail[] = [];
  const wanted = isUser ? operation.permissions.delegated : operation.permissions.application;
  if (!grantsAny(caller.permissions, wanted)) missing.push(missingPermission(isUser, wanted, caller.permissions));
  const roles = operation.directoryRoles ?? [];
  if (
    isUser &&
    roles.length > 0 &&
    !grantsAny(
      caller.directoryRoles,
      roles.map((role) => directoryRoles[role]),
    )
  ) {
    missing.push({
      code: 'MissingDirectoryRole',
      target: 'wids',
      message: `The user needs one of the directory roles ${roles.join(', ')}.`,
    });
  }
  if (missing.length > 0) {
    throw new GraphError('Authorization_RequestDenied', 'Insufficient privileges to complete the operation.', {
      details: missing,
    });
  }
}

function missingPermission(isUser: boolean, wanted: readonly string[], granted: Granted): ErrorDetail {
  const has = granted === 'all' || granted.size === 0 ? 'none' : [...granted].join(', ').slice(0, 500);
  return {
    code: 'MissingPermission',
    target: isUser ? 'scp' : 'roles',
    message:
      wanted.length === 0
        ? `No ${isUser ? 'delegated' : 'application'} permission allows this; call it ${isUser ? 'as an application' : 'on behalf of a user'}.`
        : `The token needs the ${isUser ? 'delegated' : 'application'} permission ${wanted.join(' or ')}; it has ${has}.`,
  };
}
