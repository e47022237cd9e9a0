/** An unsigned JWT with these claims, as `AUTH_MODE=emulator` takes it. */
export function unsignedToken(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
}

/** The headers of a request with this token. */
export const bearing = (token: string): Headers => new Headers({ authorization: `Bearer ${token}` });
