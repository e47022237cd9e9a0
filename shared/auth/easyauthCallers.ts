import type { JWTPayload } from 'jose';
import type { CloudName } from '../contract/clouds.ts';
import { refusing, tokenIn, unverifiedClaims } from './bearerToken.ts';
import type { Caller, Headers, Identify } from './caller.ts';
import { callerOf } from './claims.ts';
import { entraChallenge } from './entraClouds.ts';

export interface EasyauthOptions {
  cloud: CloudName;
  /** Tenants that may call, in lower case; none: whichever App Service lets pass. */
  tenantIds: readonly string[];
  /** Names of our own app registration, for the challenge of a 401. */
  audiences: readonly string[];
}

const identity = 'http://schemas.microsoft.com/identity/claims/';

/** App Service hands some claims over under the names of an older standard. */
const shortNames = new Map([
  [`${identity}objectidentifier`, 'oid'],
  [`${identity}tenantid`, 'tid'],
  [`${identity}scope`, 'scp'],
  ['http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier', 'sub'],
  ['http://schemas.microsoft.com/ws/2008/06/identity/claims/role', 'roles'],
]);

/** Claims that may have several values. */
const lists = new Set(['roles', 'wids']);

/**
 * `AUTH_MODE=easyauth`: App Service has checked the token, and says in `X-MS-CLIENT-PRINCIPAL` whom it let in.
 * Anybody can send this header where App Service authentication is off; `config/readConfig.ts` refuses the mode there.
 */
export function easyauthCallers({ cloud, tenantIds, audiences }: EasyauthOptions): Identify {
  const refuse = refusing(entraChallenge(cloud, tenantIds, audiences));
  return (headers) => {
    const text = headers.get('x-ms-client-principal');
    if (!text) throw refuse('Access token is empty.');
    const claims = claimsOf(text);
    if (!claims) {
      throw refuse('Access token validation failure.', {
        code: 'InvalidPrincipal',
        target: 'X-MS-CLIENT-PRINCIPAL',
        message: 'The header does not hold a principal of Microsoft Entra.',
      });
    }
    const caller = callerOf(claims, refuse);
    if (tenantIds.length > 0 && !tenantIds.includes(caller.tenantId ?? '')) {
      throw refuse('Access token validation failure.', {
        code: 'InvalidTenant',
        target: 'tid',
        message: 'Tokens of this tenant are not accepted here.',
      });
    }
    return { ...caller, ...tokenOf(caller, headers) };
  };
}

/** The claims under the names they have in a token; undefined when the text is not what App Service sends for Entra. */
function claimsOf(text: string): JWTPayload | undefined {
  const principal = parsed(text);
  if (typeof principal !== 'object' || principal === null) return undefined;
  const { auth_typ: type, claims } = principal as { auth_typ?: unknown; claims?: unknown };
  if (type !== 'aad' || !Array.isArray(claims) || !claims.every(isClaim)) return undefined;
  const found: JWTPayload = {};
  for (const { typ, val } of claims) {
    const name = shortNames.get(typ) ?? typ;
    if (lists.has(name)) found[name] = [...((found[name] as string[] | undefined) ?? []), val];
    else if (Object.hasOwn(found, name) && found[name] !== val)
      found[name] = null; // Two answers are none.
    else found[name] = val;
  }
  return found;
}

function parsed(text: string): unknown {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  try {
    return JSON.parse(Buffer.from(text, 'base64').toString());
  } catch {
    return undefined;
  }
}

const isClaim = (claim: unknown): claim is { typ: string; val: string } =>
  typeof claim === 'object' &&
  claim !== null &&
  typeof (claim as { typ?: unknown }).typ === 'string' &&
  typeof (claim as { val?: unknown }).val === 'string';

/** The bearer token, if it is the one App Service has checked: with a session's cookie, another one may stand beside it. */
function tokenOf({ id, tenantId }: Caller, headers: Headers): Pick<Caller, 'token'> {
  const token = tokenIn(headers) ?? '';
  const { oid, tid } = unverifiedClaims(token) ?? {};
  return String(oid).toLowerCase() === id && String(tid).toLowerCase() === tenantId ? { token: () => token } : {};
}
