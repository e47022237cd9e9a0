import { isUtf8 } from 'node:buffer';
import type { HttpHandler, HttpMethod, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { Services } from '../../shared/compose.ts';
import { GraphError } from '../../shared/contract/errors.ts';
import { answer, type GraphRequest, type GraphResponse } from '../../shared/operations/answer.ts';
import { onTerms, type Operation } from '../../shared/operations/operation.ts';
import { baseOf } from './base.ts';
import type { FunctionApp } from './register.ts';
import { routesOf } from './route.ts';

/** Registers an operation as an HTTP function of the same name; see {@link routesOf} for a second one. */
export function bind<B>(app: FunctionApp, operation: Operation<B>, services: Services): void {
  const served = onTerms(operation, services);
  const handler: HttpHandler = async (request, context) =>
    toAzure(await answer(served, toGraphRequest(request, context, services), services));
  for (const { name, route } of routesOf(operation)) {
    app.http(name, { methods: [operation.method as HttpMethod], route, authLevel: 'anonymous', handler });
  }
}

export function toGraphRequest(request: HttpRequest, context: InvocationContext, services: Services): GraphRequest {
  const { headers, params, url } = request;
  const start = url.indexOf('/', url.indexOf('//') + 2);
  const end = url.indexOf('?', start);
  return {
    headers,
    params,
    base: baseOf(request, services),
    path: end === -1 ? url.slice(start) : url.slice(start, end),
    query: end === -1 ? '' : url.slice(end + 1),
    version: /^beta$/i.test(params.version ?? '') ? 'beta' : 'v1.0',
    traceContext: context.traceContext,
    text: () => textOf(request),
    bytes: async () => new Uint8Array(await request.arrayBuffer()),
  };
}

/** Without a `Content-Length` of our own the host sends every answer in chunks; a 204 has neither length nor body. */
export function toAzure({ status, headers, text }: GraphResponse): HttpResponseInit {
  if (status === 204) return { status, headers };
  headers['Content-Length'] = String(Buffer.byteLength(text));
  return { status, headers, body: text };
}

/** The body as text; a byte order mark is left out. */
async function textOf(request: HttpRequest): Promise<string> {
  const bytes = Buffer.from(await request.arrayBuffer());
  if (!isUtf8(bytes)) throw new GraphError('BadRequest', 'The request payload is not valid UTF-8.');
  const text = bytes.toString();
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
