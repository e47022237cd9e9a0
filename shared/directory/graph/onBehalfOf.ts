import { createHash } from 'node:crypto';
import { GraphError } from '../../contract/errors.ts';
import type { Authority } from './authority.ts';
import type { Proof } from './azureIdentity.ts';
import { tokenOf } from './callerTokens.ts';
import type { GraphTokens } from './graphTokens.ts';
import { mustBeOf } from './ownTenant.ts';
import type { AccessToken, TokenCache } from './tokenCache.ts';

export interface OnBehalfOf {
  tenantId: string;
  clientId: string;
  /** Called only when there is something to ask the authority. */
  proof(): Promise<Proof>;
  scope: string;
  authority: Authority;
  cache: TokenCache;
}

/** `onBehalfOf`: a user's token is exchanged for one with which this app acts as that user, and as nobody else. */
export const onBehalfOf = ({ tenantId, clientId, proof, scope, authority, cache }: OnBehalfOf): GraphTokens => ({
  isCallers: false,
  async get(caller, claims) {
    const userToken = tokenOf(caller, authority.host);
    mustBeOf(tenantId, caller);
    if (caller.kind === 'application') throw noUser();
    const exchange = async (asked?: string): Promise<AccessToken> =>
      authority.ask({ kind: 'user', tenantId, clientId, proof: await proof(), userToken }, scope, asked);
    return cache.get(`${tenantId} ${scope} ${digest(userToken)}`, exchange, claims);
  },
});

/** The token itself is no key: whoever sees the memory shall find as few of them as can be. */
const digest = (token: string): string => createHash('sha256').update(token).digest('base64');

/** An application has nobody on whose behalf one could act, and the authority would only say that a user must sign in. */
const noUser = (): GraphError => {
  const message =
    'This service acts on behalf of users, and the token is that of an application: call with the token of a user.';
  return new GraphError('Authorization_RequestDenied', message, { details: [{ code: 'UserRequired', message }] });
};
