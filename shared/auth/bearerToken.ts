import type { JWTPayload } from 'jose';
// Not the whole of jose: only checked tokens need that.
import { decodeJwt } from 'jose/jwt/decode';
import { GraphError, type ErrorDetail } from '../contract/errors.ts';
import type { Headers } from './caller.ts';

/** Makes the 401 of one way to identify; a message never holds anything of the token. */
export type Refuse = (message: string, detail?: ErrorDetail) => GraphError;

/** @param challenge says in `WWW-Authenticate` where to get a token, and for whom */
export const refusing =
  (challenge: string): Refuse =>
  (message, detail) =>
    new GraphError('InvalidAuthenticationToken', message, {
      headers: { 'WWW-Authenticate': challenge },
      details: detail ? [detail] : [],
    });

/** The 401 of Graph, whose challenge names Graph. */
export const invalidToken = refusing(
  'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"',
);

/** The token of an `Authorization: Bearer …` header, if there is one. */
export const tokenIn = (headers: Headers): string | undefined =>
  /^Bearer +([!-~]+) *$/i.exec(headers.get('authorization') ?? '')?.[1];

/**
 * The token of an `Authorization: Bearer …` header.
 * @throws GraphError InvalidAuthenticationToken when there is none
 */
export function bearerToken(headers: Headers, refuse: Refuse = invalidToken): string {
  const token = tokenIn(headers);
  if (token === undefined) throw refuse('Access token is empty.');
  return token;
}

/** What a JWT says, whoever signed it; undefined when the text is none. */
export function unverifiedClaims(token: string): JWTPayload | undefined {
  if (token.split('.', 4).length !== 3) return undefined; // The usual way to be none; throwing costs more than the rest.
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}
