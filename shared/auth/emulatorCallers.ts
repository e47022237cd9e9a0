import type { JWTPayload } from 'jose';
import { guidOf, isGuid } from '../contract/guid.ts';
import { bearerToken, invalidToken, unverifiedClaims } from './bearerToken.ts';
import type { Caller, Identify } from './caller.ts';
import { namesIn, scopesIn } from './claims.ts';

/** A caller and until when the token says so, in milliseconds since 1970. */
interface Known {
  caller: Caller;
  notBefore: number;
  expires: number;
}

/** Tokens remembered, so that a busy caller is decoded once. */
const maxKnown = 1000;

/**
 * `AUTH_MODE=emulator`: believes every bearer token, and checks no signature.
 *
 * A JWT is taken at its word (`scp`, `roles`, `wids`, `oid`, `tid`, `nbf`, `exp`). Any other text is a user with every
 * permission and every directory role, whose object id derives from the text: two tokens are two users.
 * Only for a directory that is not real; `config/readConfig.ts` refuses it everywhere else.
 */
export function emulatorCallers(now: () => Date): Identify {
  const known = new Map<string, Known>();
  return (headers) => {
    const token = bearerToken(headers);
    let found = known.get(token);
    if (!found) {
      found = readToken(token);
      if (known.size >= maxKnown) known.clear();
      known.set(token, found);
    }
    const time = now().getTime();
    if (time >= found.expires) throw invalidToken('Lifetime validation failed, the token is expired.');
    if (time < found.notBefore) throw invalidToken('Access token has expired or is not yet valid.');
    return found.caller;
  };
}

function readToken(token: string): Known {
  const claims = unverifiedClaims(token);
  return claims
    ? {
        caller: callerOf(claims, token),
        notBefore: milliseconds(claims.nbf, 0),
        expires: milliseconds(claims.exp, Infinity),
      }
    : { caller: opaqueCaller(token), notBefore: 0, expires: Infinity };
}

const opaqueCaller = (token: string): Caller => ({
  kind: 'user',
  id: guidOf(token),
  permissions: 'all',
  directoryRoles: 'all',
  isEmulated: true,
});

function callerOf(claims: JWTPayload, token: string): Caller {
  const { scp, roles, wids, oid, sub, tid } = claims as Record<string, unknown>;
  const isUser = typeof scp === 'string' || !Array.isArray(roles);
  return {
    kind: isUser ? 'user' : 'application',
    id: typeof oid === 'string' && isGuid(oid) ? oid.toLowerCase() : guidOf(typeof sub === 'string' ? sub : token),
    ...(typeof tid === 'string' && { tenantId: tid }),
    permissions: isUser ? scopesIn(scp) : namesIn(roles),
    directoryRoles: namesIn(wids, (id) => id.toLowerCase()),
    ...(isUser && Array.isArray(roles) && { appRoles: namesIn(roles) }),
    isEmulated: true,
  };
}

const milliseconds = (seconds: unknown, otherwise: number): number =>
  typeof seconds === 'number' ? seconds * 1000 : otherwise;
