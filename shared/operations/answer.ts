import type { Caller, Headers, Identify } from '../auth/caller.ts';
import type { Jobs } from '../bulk/port.ts';
import { maxBodyBytes } from '../contract/body.ts';
import { GraphError, toErrorBody, toGraphError, type RequestIds } from '../contract/errors.ts';
import { withFirst } from '../contract/json.ts';
import type { Directory, DirectoryFor, Entity, Page } from '../directory/port.ts';
import type { Telemetry } from '../telemetry/port.ts';
import { allow, demandRole } from './allow.ts';
import type { Dispatch, Limit, Operation, OperationResult } from './operation.ts';
import { Watch } from './watch.ts';

/** A request as the operations see it; no type of the platform is on this road. */
export interface GraphRequest {
  headers: Headers;
  params: Readonly<Record<string, string>>;
  /** Scheme and host on which the caller reached us, without trailing slash. */
  base: string;
  /** Of the address: what follows `base`, without the query. */
  path: string;
  /** What stands behind the question mark, as it was sent; empty when there is none. */
  query: string;
  version: 'v1.0' | 'beta';
  /** Where the platform keeps a trace of the request. */
  traceContext?: { traceParent?: string | undefined } | undefined;
  /** @throws GraphError BadRequest when the bytes are not UTF-8 */
  text(): Promise<string>;
  /** The body as it came. */
  bytes(): Promise<Uint8Array>;
}

export interface GraphResponse {
  status: number;
  headers: Record<string, string>;
  /** The body as JSON text; empty with status 204. */
  text: string;
}

/** What the road needs besides the request. */
export interface AnswerServices {
  identify: Identify;
  directoryFor: DirectoryFor;
  jobs: Jobs;
  telemetry: Telemetry;
  /** For an operation that holds other requests. */
  dispatcher: Dispatcher;
  now(): Date;
  newId(): string;
}

/** What requests share with the one that holds them. */
export interface Holder {
  request: GraphRequest;
  clientRequestId: string;
  caller: Caller;
  directory: Directory;
}

/** Makes the way from a request to those that it holds. */
export type Dispatcher = (holder: Holder, services: AnswerServices) => Dispatch;

/** Headers of every answer. Source: recorded answers of the directory workload. */
const always = {
  'Cache-Control': 'no-cache',
  'Strict-Transport-Security': 'max-age=31536000',
  Vary: 'Accept-Encoding',
  'x-ms-resource-unit': '1',
  'x-ms-ags-diagnostic': '{"ServerInfo":{"DataCenter":"Device Registrar"}}',
};

const entityType = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

/** The one road for every request: identify, allow, validate, run, answer. Never rejects. */
export async function answer<B>(
  operation: Operation<B>,
  request: GraphRequest,
  services: AnswerServices,
): Promise<GraphResponse> {
  const ids = idsOf(request, services.newId);
  const watch = new Watch(operation, request, ids, services);
  try {
    const caller = await services.identify(request.headers);
    watch.identified(caller);
    if (operation.refuse) throw operation.refuse(request.params);
    allow(operation, caller, request.params);
    const body = await readBody(operation, request);
    watch.read(body);
    if (operation.directoryRoles && operation.rolesForBody) demandRole(operation.rolesForBody(body), caller);
    const { params, base, headers } = request;
    const directory = services.directoryFor({
      caller,
      version: request.version,
      clientRequestId: ids.clientRequestId,
      ...(watch.traceparent !== undefined && { traceparent: watch.traceparent }),
      called: watch.called,
    });
    const query = { text: request.query, eventual: isEventual(request.headers.get('consistencylevel')) };
    const { clientRequestId } = ids;
    const result = await operation.run({
      body,
      params,
      query,
      base,
      headers,
      caller,
      directory,
      jobs: services.jobs,
      bytes: (limit) => readBytes(request, limit),
      dispatcher: () => services.dispatcher({ request, clientRequestId, caller, directory }, services),
    });
    const response = toResponse(result, request, ids);
    watch.answered(result);
    return response;
  } catch (thrown) {
    const error = toGraphError(thrown);
    watch.failed(error);
    return toErrorResponse(error, ids, services.now());
  }
}

/** Answers with an error that is known before the road begins. */
export function refuse(
  operation: Pick<Operation, 'id' | 'method' | 'changesNothing'>,
  request: GraphRequest,
  error: GraphError,
  services: Pick<AnswerServices, 'telemetry' | 'now' | 'newId'>,
): GraphResponse {
  const ids = idsOf(request, services.newId);
  new Watch(operation, request, ids, services).failed(error);
  return toErrorResponse(error, ids, services.now());
}

/** What an error looks like to the caller. */
export const toErrorResponse = (error: GraphError, ids: RequestIds, now: Date): GraphResponse => ({
  status: error.status,
  headers: { 'Content-Type': 'application/json', ...always, ...idHeaders(ids), ...error.headers },
  text: toErrorBody(error, ids, now),
});

/** The request's ids; a `client-request-id` that cannot be a header of the answer counts as not sent. */
export function idsOf(request: Pick<GraphRequest, 'headers'>, newId: () => string): RequestIds {
  const requestId = newId();
  const sent = request.headers.get('client-request-id');
  return { requestId, clientRequestId: sent !== null && /^[\x21-\x7e]{1,128}$/.test(sent) ? sent : requestId };
}

const isEventual = (consistencyLevel: string | null): boolean => /^ *eventual *$/i.test(consistencyLevel ?? '');

const idHeaders = (ids: RequestIds): Record<string, string> => ({
  'request-id': ids.requestId,
  'client-request-id': ids.clientRequestId,
});

async function readBody<B>(operation: Operation<B>, request: GraphRequest): Promise<B> {
  if (!operation.body) return undefined as B;
  if (lengthOf(request, { maxBytes: maxBodyBytes }) > 0 && !isJson(request.headers.get('content-type'))) {
    throw new GraphError('BadRequest', 'Entity only allows writes with a JSON Content-Type header.');
  }
  return operation.body.parse(await request.text());
}

function readBytes(request: GraphRequest, limit: Limit): Promise<Uint8Array> {
  lengthOf(request, limit);
  return request.bytes();
}

/** The length of a body that is small enough. @throws GraphError LengthRequired, RequestEntityTooLarge */
function lengthOf({ headers }: GraphRequest, { maxBytes, hint }: Limit): number {
  const length = headers.get('content-length');
  if (length === null) {
    throw new GraphError('LengthRequired', 'A Content-Length header is required; without it the body does not arrive.');
  }
  if (Number(length) > maxBytes) {
    const message = `The request body may have at most ${maxBytes} bytes.${hint === undefined ? '' : ` ${hint}`}`;
    throw new GraphError('RequestEntityTooLarge', message);
  }
  return Number(length);
}

const isJson = (contentType: string | null): boolean =>
  contentType === 'application/json' || /^application\/json *(;|$)/i.test(contentType?.trim() ?? '');

function toResponse(result: OperationResult, request: GraphRequest, ids: RequestIds): GraphResponse {
  if (result.status === 204) {
    const { Vary: _vary, ...bodiless } = always;
    return { status: 204, headers: { ...bodiless, ...idHeaders(ids) }, text: '' };
  }
  const headers: Record<string, string> = {
    ...always,
    'Content-Type': entityType,
    'OData-Version': '4.0',
    'request-id': ids.requestId,
    'client-request-id': ids.clientRequestId,
  };
  if ('text' in result) {
    return {
      status: 200,
      headers: { ...headers, 'Content-Type': result.mediaType, ...result.headers },
      text: result.text,
    };
  }
  if ('count' in result) {
    return { status: 200, headers: { ...headers, 'Content-Type': 'text/plain' }, text: String(result.count) };
  }
  if ('json' in result && result.context === undefined) {
    return { status: 200, headers: { ...headers, 'Content-Type': 'application/json' }, text: result.json.text };
  }
  const context = `"@odata.context":${JSON.stringify(`${request.base}/${request.version}/$metadata#${contextOf(result)}`)},`;
  if ('json' in result) {
    return { status: result.status, headers: { ...headers, ...result.headers }, text: withFirst(context, result.json) };
  }
  if ('strings' in result)
    return { status: 200, headers, text: `{${context}"value":${JSON.stringify(result.strings)}}` };
  if ('page' in result) {
    const { page, showTypes } = result;
    const items = page.value.map((entity) => (showTypes ? withFirst(typeOf(entity), entity.json) : entity.json.text));
    const count = page.count === undefined ? '' : `"@odata.count":${page.count},`;
    const members = context + count + nextLink(page, request);
    return { status: result.status, headers, text: `{${members}"value":[${items.join(',')}]}` };
  }
  if (result.location !== undefined) headers.Location = `${request.base}/v1.0/${result.location}`;
  const members = result.showType ? context + typeOf(result.entity) : context;
  return { status: result.status, headers, text: withFirst(members, result.entity.json) };
}

/** What was selected stands behind the name of the set. */
function contextOf(result: Exclude<OperationResult, { status: 204 } | { count: number } | { text: string }>): string {
  if ('strings' in result) return result.context;
  if ('json' in result) return result.context ?? '';
  const { selection = '' } = 'page' in result ? result.page : result.entity;
  return selection === '' ? result.context : result.context.replace(/^\w+/, (set) => set + selection);
}

/** The next part of a list is at the caller's own address. */
const nextLink = ({ next }: Page, { base, path }: GraphRequest): string =>
  next === undefined ? '' : `"@odata.nextLink":${JSON.stringify(`${base}${path}?${next}`)},`;

const typeOf = (entity: Entity<object>): string => `"@odata.type":"#${entity.type}",`;
