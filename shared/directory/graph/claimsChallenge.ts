/**
 * The claims that an answer of Microsoft Graph asks for, as JSON; undefined when it asks for none.
 * Such an answer is a 401 whose `WWW-Authenticate` has `error="insufficient_claims", claims="<base64 of JSON>"`.
 * Source: Microsoft identity platform, "Claims challenges, claims requests and client capabilities".
 */
export function claimsOf(wwwAuthenticate: string | null | undefined): string | undefined {
  if (!/\berror="?insufficient_claims"?/i.test(wwwAuthenticate ?? '')) return undefined;
  const encoded = /\bclaims="([\w+/=-]+)"/i.exec(wwwAuthenticate ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const claims = Buffer.from(encoded, 'base64').toString();
  try {
    return typeof JSON.parse(claims) === 'object' ? claims : undefined;
  } catch {
    return undefined; // Not a challenge that anybody could answer.
  }
}

/**
 * The value of `WWW-Authenticate` that sends a caller back for another token, with these claims where some are asked for.
 * @param claims as JSON
 */
export function challenge(authorityHost: string, claims?: string): string {
  const bearer = `Bearer realm="", authorization_uri="${authorityHost}/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"`;
  return claims === undefined
    ? bearer
    : `${bearer}, error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`;
}
