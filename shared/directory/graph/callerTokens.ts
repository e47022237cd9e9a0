import { GraphError } from '../../contract/errors.ts';
import { challenge } from './claimsChallenge.ts';
import type { GraphTokens, TokenHolder } from './graphTokens.ts';

/** `callerToken`: the caller's own token is passed on; only the caller can get another one. */
export const callerTokens = (authorityHost: string): GraphTokens => ({
  isCallers: true,
  async get(caller, claims) {
    const token = await Promise.resolve(tokenOf(caller, authorityHost));
    if (claims !== undefined) {
      throw comeBack(
        'Continuous access evaluation resulted in challenge: another token is needed.',
        authorityHost,
        claims,
      );
    }
    return token;
  },
});

/** @throws GraphError InvalidAuthenticationToken when there is none */
export function tokenOf({ token }: TokenHolder, authorityHost: string): string {
  if (token === undefined) throw comeBack('Access token is empty.', authorityHost);
  return token;
}

const comeBack = (message: string, authorityHost: string, claims?: string): GraphError =>
  new GraphError('InvalidAuthenticationToken', message, {
    headers: { 'WWW-Authenticate': challenge(authorityHost, claims) },
  });
