import { createRemoteJWKSet, customFetch, type FetchImplementation, type JWK, type JWTVerifyGetKey } from 'jose';
import { GraphError } from '../contract/errors.ts';

export interface KeyOptions {
  fetch: typeof fetch;
  now(): Date;
  /** One fetch may take this long. */
  timeoutMs?: number;
  /** An unknown key makes us ask again, but not more often than this. */
  coolDownMs?: number;
  /** After a fetch that failed, nobody asks again for this long. */
  failureCoolDownMs?: number;
}

/** Keys of this age are still used, and asked for again meanwhile. */
const refreshAfterMs = 600_000;
/** Keys of this age are used no longer: until then, an outage of the login host is felt by new keys only. */
const maxAgeMs = 86_400_000;

/**
 * The public keys of a tenant, fetched when the first token comes and shared by all requests.
 * The function that it returns throws GraphError serviceNotAvailable while keys are needed and cannot be had.
 */
export function entraKeys(url: URL, tenantId: string, options: KeyOptions): JWTVerifyGetKey {
  const { fetch, now, timeoutMs = 5000, coolDownMs = 30_000, failureCoolDownMs = 5000 } = options;
  const time = (): number => now().getTime();
  let fetchedAt = 0;
  let failure = { until: 0, cause: undefined as unknown };

  const fetchKeys: FetchImplementation = async (address, init) => {
    if (time() < failure.until) throw unavailable(failure.until - time(), failure.cause);
    try {
      const response = await fetch(address, init);
      if (response.status !== 200) throw new Error(`${address} answered ${response.status}.`);
      const keys = keysOf(await response.json(), tenantId);
      fetchedAt = time();
      return Response.json({ keys });
    } catch (cause) {
      failure = { until: time() + failureCoolDownMs, cause };
      throw unavailable(failureCoolDownMs, cause);
    }
  };
  const keys = createRemoteJWKSet(url, {
    timeoutDuration: timeoutMs,
    cooldownDuration: coolDownMs,
    cacheMaxAge: maxAgeMs,
    [customFetch]: fetchKeys,
  });
  return (header, token) => {
    if (keys.fresh && !keys.reloading && time() - fetchedAt > refreshAfterMs) keys.reload().catch(() => undefined);
    return keys(header, token);
  };
}

const unavailable = (waitMs: number, cause: unknown): GraphError =>
  new GraphError(
    'serviceNotAvailable',
    'The keys that tokens are signed with cannot be fetched now; try again later.',
    {
      headers: { 'Retry-After': String(Math.ceil(waitMs / 1000)) },
      cause,
    },
  );

/** A key as Entra publishes it. */
interface PublishedKey extends JWK {
  /** Whose tokens it signs; `{tenantid}` stands for any tenant. */
  issuer?: unknown;
}

/**
 * The keys that may have signed a token of the tenant: RSA, with an id, and not said to belong to another tenant.
 * @throws Error when the document is no key set, or has none of them
 */
function keysOf(document: unknown, tenantId: string): JWK[] {
  const { keys } = (document ?? {}) as { keys?: unknown };
  const usable = (Array.isArray(keys) ? (keys as PublishedKey[]) : []).filter(
    ({ kty, kid, issuer = '/{tenantid}/' }) =>
      kty === 'RSA' &&
      typeof kid === 'string' &&
      typeof issuer === 'string' &&
      issuer.replace('{tenantid}', tenantId).includes(`/${tenantId}/`),
  );
  if (usable.length === 0) throw new Error('The document has no usable key.');
  return usable;
}
