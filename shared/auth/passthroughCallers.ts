import { isGuid } from '../contract/guid.ts';
import { bearerToken, unverifiedClaims } from './bearerToken.ts';
import type { Identify } from './caller.ts';
import { applicationOf } from './claims.ts';

/**
 * `AUTH_MODE=passthrough`: a bearer token must be there, and Microsoft Graph, to which it goes on, judges it.
 * Nothing is checked here, so nothing is refused either: the caller has every permission and role as far as we care, and
 * what the token says of itself is used only for what Graph would refuse with the same token.
 */
export const passthroughCallers = (): Identify => (headers) => {
  const token = bearerToken(headers);
  const claims = unverifiedClaims(token);
  const { oid, tid, scp, idtyp } = claims ?? {};
  return {
    kind: claims && (idtyp === 'app' || scp === undefined) ? 'application' : 'user',
    id: typeof oid === 'string' && isGuid(oid) ? oid.toLowerCase() : 'me',
    ...(typeof tid === 'string' && { tenantId: tid.toLowerCase() }),
    ...applicationOf(claims ?? {}),
    permissions: 'all',
    directoryRoles: 'all',
    token: () => token,
  };
};
