import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { CloudName } from '../contract/clouds.ts';
import { GraphError } from '../contract/errors.ts';
import { bearerToken, refusing, unverifiedClaims, type Refuse } from './bearerToken.ts';
import type { Identify } from './caller.ts';
import { callerOf } from './claims.ts';
import { entraChallenge, issuersOf, keysUrl } from './entraClouds.ts';
import { entraKeys, type KeyOptions } from './entraKeys.ts';

export interface EntraOptions extends KeyOptions {
  cloud: CloudName;
  /** Tenants whose tokens are believed, in lower case. */
  tenantIds: readonly string[];
  /** Names of our own app registration: its client id, its App ID URIs. */
  audiences: readonly string[];
  /** How far the clocks of this machine and of the issuer may differ. */
  clockToleranceS: number;
}

/** What is known of a tenant that may call. */
interface Tenant {
  keys: JWTVerifyGetKey;
  issuers: string[];
}

/**
 * `AUTH_MODE=entra`: an access token of Microsoft Entra for our own registration, its signature, issuer, audience and
 * lifetime checked. What the claims must be is told in docs/callers.md.
 */
export function entraCallers(options: EntraOptions): Identify {
  const { cloud, tenantIds, audiences, clockToleranceS, now } = options;
  const refuse = refusing(entraChallenge(cloud, tenantIds, audiences));
  const tenants = new Map<unknown, Tenant>(
    tenantIds.map((id) => [id, { keys: entraKeys(keysUrl(cloud, id), id, options), issuers: issuersOf(cloud, id) }]),
  );

  return async (headers) => {
    const token = bearerToken(headers, refuse);
    const unverified = unverifiedClaims(token);
    if (!unverified) throw refuse('CompactToken parsing failed with error code: 80049217');
    // The claim only chooses among the tenants we know; keys and issuer of that tenant then prove it.
    const tenant = tenants.get(unverified.tid);
    if (!tenant) {
      throw refuse(failure, {
        code: 'InvalidTenant',
        target: 'tid',
        message: 'Tokens of this tenant are not accepted here.',
      });
    }
    const claims = await verify(token, tenant);
    return { ...callerOf(claims, refuse), token: () => token };
  };

  async function verify(token: string, { keys, issuers }: Tenant): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, keyWithId(keys), {
        algorithms: ['RS256'],
        issuer: issuers,
        audience: [...audiences],
        clockTolerance: clockToleranceS,
        currentDate: now(),
        requiredClaims: ['exp', 'nbf'],
      });
      return payload;
    } catch (thrown) {
      throw toRefusal(thrown, refuse, audiences);
    }
  }
}

const failure = 'Access token validation failure.';

/** A token that does not say which key signed it would be checked with whatever key is there. */
const keyWithId =
  (keys: JWTVerifyGetKey): JWTVerifyGetKey =>
  (header, token) => {
    if (header.kid === undefined) throw new errors.JWKSNoMatchingKey();
    return keys(header, token);
  };

/** What of a failed check the caller may know; everything else stays what it is. */
function toRefusal(thrown: unknown, refuse: Refuse, audiences: readonly string[]): unknown {
  if (thrown instanceof GraphError || !(thrown instanceof errors.JOSEError)) return thrown;
  if (thrown instanceof errors.JWTExpired) return refuse('Lifetime validation failed, the token is expired.');
  if (thrown instanceof errors.JWTClaimValidationFailed) {
    const { claim, reason } = thrown;
    if (claim === 'nbf' && reason === 'check_failed') return refuse('Access token has expired or is not yet valid.');
    return refuse(failure, { ...wrongClaim(claim, audiences), target: claim });
  }
  if (thrown instanceof errors.JWSInvalid || thrown instanceof errors.JWTInvalid) {
    return refuse('CompactToken parsing failed with error code: 80049217');
  }
  return refuse(failure, {
    code: 'InvalidSignature',
    message: 'The token is not signed (RS256) with a current key of its tenant.',
  });
}

function wrongClaim(claim: string, audiences: readonly string[]): { code: string; message: string } {
  switch (claim) {
    case 'aud':
      return {
        code: 'InvalidAudience',
        message: `The token is for another service; ask for one for ${audiences.join(' or ')}.`,
      };
    case 'iss':
      return { code: 'InvalidIssuer', message: 'The token was not issued by the tenant that it names.' };
    default:
      return { code: 'InvalidClaim', message: `The claim '${claim}' is missing or malformed.` };
  }
}
