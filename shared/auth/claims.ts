import type { JWTPayload } from 'jose';
import { isGuid } from '../contract/guid.ts';
import type { Refuse } from './bearerToken.ts';
import type { Caller, Granted } from './caller.ts';

/** The names that a claim lists; anything but a list of texts holds none. */
export const namesIn = (claim: unknown, normal = (name: string): string => name): Granted =>
  new Set(Array.isArray(claim) ? claim.filter((name) => typeof name === 'string' && name !== '').map(normal) : []);

/** The delegated permissions in `scp`: text with spaces between them. */
export const scopesIn = (claim: unknown): Granted => namesIn(typeof claim === 'string' ? claim.split(' ') : []);

/**
 * The caller whom an access token of Microsoft Entra names. The claims must have been checked.
 * @throws GraphError InvalidAuthenticationToken when they are not those of an access token, or name no object
 */
export function callerOf(claims: JWTPayload, refuse: Refuse): Caller {
  const { oid, tid, scp, roles, wids } = claims;
  const kind = kindOf(claims);
  if (!kind) {
    throw refuse('Access token validation failure.', {
      code: 'NotAnAccessToken',
      target: 'scp',
      message:
        'The token is neither one of a user for this service (scp) nor one of an application (idtyp, or sub equal to oid).',
    });
  }
  if (typeof oid !== 'string' || !isGuid(oid)) {
    throw refuse('Access token validation failure.', {
      code: 'MissingClaim',
      target: 'oid',
      message: 'The token does not say which user or service principal it stands for.',
    });
  }
  return {
    kind,
    id: oid.toLowerCase(),
    ...(typeof tid === 'string' && { tenantId: tid.toLowerCase() }),
    ...applicationOf(claims),
    permissions: kind === 'user' ? scopesIn(scp) : namesIn(roles),
    directoryRoles: namesIn(wids, (id) => id.toLowerCase()),
    ...(kind === 'user' && Array.isArray(roles) && { appRoles: namesIn(roles) }),
  };
}

/** `azp` in tokens of version 2, `appid` in those of version 1. */
export function applicationOf({ azp, appid }: JWTPayload): Pick<Caller, 'applicationId'> {
  const id = azp ?? appid;
  return typeof id === 'string' ? { applicationId: id.toLowerCase() } : {};
}

/**
 * An ID token has neither `scp` nor `idtyp` but our audience, and may have `roles`: taken for an application it would turn
 * the app roles of a user into permissions of an application. `sub` equals `oid` in tokens of applications only.
 */
function kindOf({ idtyp, scp, sub, oid }: JWTPayload): Caller['kind'] | undefined {
  if (idtyp === 'app') return 'application';
  if (typeof scp === 'string' && scp.trim() !== '') return 'user';
  return idtyp === undefined && scp === undefined && sub !== undefined && sub === oid ? 'application' : undefined;
}
