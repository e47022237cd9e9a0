import type { HttpClient } from '@azure/core-rest-pipeline';
import { GraphError } from '../../contract/errors.ts';
import type { Identity } from './azureIdentity.ts';
import type { AccessToken } from './tokenCache.ts';
import { NoToken, unavailable } from './tokenErrors.ts';

/** Who issues tokens. */
export interface Authority {
  /** Its address, to which callers are sent back for another token. */
  host: string;
  /** @throws GraphError 401, 403, 503 */
  ask(identity: Identity, scope: string, claims?: string): Promise<AccessToken>;
}

export interface AuthorityOptions {
  host: string;
  /** Whether it is none that the libraries know by name. */
  isForeign: boolean;
  /** Milliseconds in which a token must be there. */
  timeoutMs: number;
  httpClient: HttpClient | undefined;
  now(): Date;
}

/** Seconds for which an authority is left alone at most, whatever it asks for. */
const longestRestS = 60;

/**
 * Microsoft Entra, or what stands in for it. The libraries for it are heavy: they are loaded with the first question.
 * While it cannot be reached, or wants rest, nobody waits for it: for the time of its `Retry-After` it is not asked again.
 */
export function authority({ host, now, ...options }: AuthorityOptions): Authority {
  /** By the kind of identity, as managed identities come from elsewhere. */
  const outages = new Map<Identity['kind'], { until: number; cause: NoToken }>();
  const seconds = (): number => now().getTime() / 1000;

  return {
    host,
    async ask(identity, scope, claims) {
      const outage = outages.get(placeOf(identity));
      if (outage && seconds() < outage.until) throw unavailable(outage.cause, Math.ceil(outage.until - seconds()));
      const { requestToken } = await import('./azureIdentity.ts');
      try {
        return await requestToken(identity, { scope, claims, authorityHost: host, ...options });
      } catch (error) {
        if (error instanceof GraphError && error.cause instanceof NoToken && error.cause.isOutage) {
          const restS = Math.min(longestRestS, Number(error.headers['Retry-After'] ?? 0));
          outages.set(placeOf(identity), { until: seconds() + restS, cause: error.cause });
        }
        throw error;
      }
    },
  };
}

/** Users and the app itself ask at the same place. */
const placeOf = ({ kind }: Identity): Identity['kind'] => (kind === 'user' ? 'application' : kind);
