import type { HttpClient } from '@azure/core-rest-pipeline';
import type { Identity } from './azureIdentity.ts';
import type { AccessToken } from './tokenCache.ts';

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
}

/** Microsoft Entra, or what stands in for it. The libraries for it are heavy: they are loaded with the first question. */
export const authority = ({ host, ...options }: AuthorityOptions): Authority => ({
  host,
  async ask(identity, scope, claims) {
    const { requestToken } = await import('./azureIdentity.ts');
    return requestToken(identity, { scope, claims, authorityHost: host, ...options });
  },
});
