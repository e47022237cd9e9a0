import type { Cookie, HttpResponseInit } from '@azure/functions';
import type { LocalRequest } from '../../host/httpRequest.ts';
import type { RpcCookie, RpcData, RpcHttp } from './coreModule.ts';

/**
 * The message in which the host hands over a request: the body in bytes, and none at all when it came without a length.
 * Source: azure-functions-host src/WebJobs.Script.Grpc/MessageExtensions/GrpcMessageConversionExtensions.cs
 */
export async function toRpcHttp(request: LocalRequest): Promise<RpcHttp> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  return {
    method: request.method,
    url: request.url,
    nullableHeaders: nullable(request.headers),
    nullableQuery: nullable(request.query),
    nullableParams: nullable(Object.entries(request.params)),
    body: bytes.length > 0 ? { bytes } : null,
  };
}

const nullable = (pairs: Iterable<[string, string]>) =>
  Object.fromEntries([...pairs].map(([name, value]) => [name, { value }]));

/** The answer in the message that came back; none when the handler returned nothing. */
export function fromRpcHttp(returned: RpcData | null | undefined): HttpResponseInit | undefined {
  if (!returned?.http) return undefined;
  const { statusCode, headers = {}, body, cookies = [] } = returned.http;
  return {
    status: Number(statusCode),
    headers,
    cookies: cookies.map(toCookie),
    ...(body?.bytes && { body: body.bytes }),
  };
}

function toCookie({ name, value, domain, path, expires, secure, httpOnly, sameSite, maxAge }: RpcCookie): Cookie {
  const optional = {
    domain: domain?.value,
    path: path?.value,
    expires: expires?.value && new Date(expires.value.seconds * 1000),
    secure: secure?.value,
    httpOnly: httpOnly?.value,
    maxAge: maxAge?.value,
    sameSite: ({ none: undefined, lax: 'Lax', strict: 'Strict', explicitNone: 'None' } as const)[sameSite],
  };
  return { name, value, ...Object.fromEntries(Object.entries(optional).filter(([, given]) => given !== undefined)) };
}
