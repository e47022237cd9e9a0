import { GraphError } from '../contract/errors.ts';

/** The header that goes with every 401, as Graph words it. */
const challenge =
  'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"';

export const invalidToken = (message: string, cause?: unknown): GraphError =>
  new GraphError('InvalidAuthenticationToken', message, { headers: { 'WWW-Authenticate': challenge }, cause });

/**
 * The token of an `Authorization: Bearer …` header.
 * @throws GraphError InvalidAuthenticationToken when there is none
 */
export function bearerToken(authorization: string | null): string {
  const token = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw invalidToken('Access token is empty.');
  return token;
}
