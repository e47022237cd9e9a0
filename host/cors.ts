import type { IncomingMessage } from 'node:http';

/** `Host.CORS` and `Host.CORSCredentials` of local.settings.json. */
export interface Cors {
  /** Exact origins, or one `*`. */
  readonly origins: readonly string[];
  readonly credentials: boolean;
}

/** Headers for the answer to a request from a browser; empty when its origin is not allowed. */
export function corsHeaders({ origins, credentials }: Cors, { headers }: IncomingMessage): Record<string, string> {
  if (origins.includes('*')) return headers.origin ? { 'Access-Control-Allow-Origin': '*' } : {};
  if (!headers.origin || !origins.includes(headers.origin)) return { Vary: 'Origin' };
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Origin': headers.origin,
    ...(credentials ? { 'Access-Control-Allow-Credentials': 'true' } : {}),
  };
}

export const isPreflight = ({ method, headers }: IncomingMessage): boolean =>
  method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;

/** Headers of the 204 that answers a preflight: any method and any header, for an allowed origin. */
export function preflightHeaders(cors: Cors, request: IncomingMessage): Record<string, string> {
  const allowed = corsHeaders(cors, request);
  if (!('Access-Control-Allow-Origin' in allowed)) return allowed;
  const { 'access-control-request-method': method = '', 'access-control-request-headers': headers } = request.headers;
  return {
    ...allowed,
    'Access-Control-Allow-Methods': method,
    ...(headers ? { 'Access-Control-Allow-Headers': headers } : {}),
  };
}
