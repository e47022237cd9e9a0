import type { Cookie } from '@azure/functions';

/** The Set-Cookie header of one entry of `cookies`, in the real host's spelling. */
export function toSetCookie({
  name,
  value,
  domain,
  path = '/',
  expires,
  secure,
  httpOnly,
  sameSite,
  maxAge,
}: Cookie): string {
  const parts = [`${name}=${encodeURIComponent(value)}`];
  if (expires !== undefined) parts.push(`expires=${new Date(expires).toUTCString()}`);
  if (maxAge !== undefined) parts.push(`max-age=${Math.trunc(maxAge)}`);
  if (domain) parts.push(`domain=${domain}`);
  parts.push(`path=${path}`);
  if (secure) parts.push('secure');
  if (sameSite) parts.push(`samesite=${sameSite.toLowerCase()}`);
  if (httpOnly) parts.push('httponly');
  return parts.join('; ');
}
