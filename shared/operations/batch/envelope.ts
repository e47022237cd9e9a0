import { refuseDense } from '../../contract/body.ts';
import { GraphError } from '../../contract/errors.ts';

/** One request of a batch, as its envelope says it. */
export interface BatchRequest {
  id: string;
  method: string;
  url: string;
  /** By names in lower case. */
  headers: ReadonlyMap<string, string>;
  /** Undefined where there is none. */
  body: unknown;
  /** Keys (see {@link keyOf}) of requests that stand before this one. */
  dependsOn: readonly string[];
}

const maxRequests = 20;
/** Characters of an id or a method; more is no mistake that anybody makes. */
const maxWord = 256;

/** How much structure an envelope may have; twenty requests for a thousand objects each have half of it. */
const density = { maxDepth: 20, maxValues: 50_000 };
/** Most headers of one request, as of one that comes alone. */
const maxHeaders = 100;

/** Ids are compared so: whatever their case. */
export const keyOf = (id: string): string => id.toLowerCase();

/**
 * Reads the envelope of a batch as a whole, before anything in it is carried out.
 * @throws GraphError BadRequest in Graph's words; the detail says where
 */
export function readEnvelope(text: string): readonly BatchRequest[] {
  const list = requestsIn(text);
  if (list.length > maxRequests) {
    throw refuse(
      'Number of requests inside batch exceeds the limit.',
      'requests',
      `At most ${maxRequests} can be sent.`,
    );
  }
  if (list.length === 0) throw malformed('requests', 'At least one request is expected.');
  const before = new Set<string>();
  return list.map((item, index) => {
    const request = readRequest(item, `requests[${index}]`);
    const key = keyOf(request.id);
    if (before.has(key)) throw refuse(`Request Id ${request.id} has to be unique in a batch.`, `requests[${index}].id`);
    const stranger = request.dependsOn.find((other) => !before.has(other));
    if (stranger !== undefined) {
      throw refuse(
        `Invalid dependency for request Id ${request.id}.`,
        `requests[${index}].dependsOn`,
        `No request with the id '${stranger}' stands before this one.`,
      );
    }
    before.add(key);
    return request;
  });
}

function requestsIn(text: string): readonly unknown[] {
  refuseDense(text, density);
  let envelope: unknown;
  try {
    envelope = JSON.parse(text);
  } catch (cause) {
    throw malformed(undefined, `The body is not JSON: ${cause instanceof SyntaxError ? cause.message : 'no text'}`);
  }
  const list = isObject(envelope) ? envelope.requests : undefined;
  if (!Array.isArray(list)) throw malformed('requests', 'A list of requests is expected.');
  return list;
}

function readRequest(item: unknown, at: string): BatchRequest {
  if (!isObject(item)) throw malformed(at, 'An object is expected.');
  const { url, body = null, dependsOn } = item;
  const id = word(item.id, `${at}.id`);
  const method = word(item.method, `${at}.method`).toUpperCase();
  if (typeof url !== 'string') throw malformed(`${at}.url`, 'A text is expected.');
  const headers = readHeaders(item.headers ?? {}, `${at}.headers`);
  if ((body !== null || /^(?:POST|PATCH|PUT)$/.test(method)) && !headers.has('content-type')) {
    throw refuse(`Write request with id '${id}' does not contain a Content-Type header.`, `${at}.headers`);
  }
  return {
    id,
    method,
    url,
    headers,
    body: body ?? undefined,
    dependsOn: readDependsOn(dependsOn ?? [], `${at}.dependsOn`),
  };
}

function word(value: unknown, at: string): string {
  if (typeof value === 'string' && value !== '' && value.length <= maxWord) return value;
  throw malformed(at, `A text of at most ${maxWord} characters is expected.`);
}

function readHeaders(value: unknown, at: string): BatchRequest['headers'] {
  if (!isObject(value)) throw malformed(at, 'An object is expected.');
  const headers = Object.entries(value);
  if (headers.length > maxHeaders) throw malformed(at, `At most ${maxHeaders} headers can be sent.`);
  return new Map(
    headers.map(([name, text]) => {
      if (typeof text !== 'string') throw malformed(at, 'The value of each header is a text.');
      return [name.toLowerCase(), text];
    }),
  );
}

function readDependsOn(value: unknown, at: string): readonly string[] {
  if (!Array.isArray(value)) throw malformed(at, 'A list of ids is expected.');
  return [...new Set(value.map((id) => keyOf(word(id, at))))];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const malformed = (target: string | undefined, hint: string): GraphError =>
  refuse('Invalid batch payload format.', target, hint);

const refuse = (message: string, target: string | undefined, hint = message): GraphError =>
  new GraphError('BadRequest', message, {
    details: [{ code: 'InvalidBatch', ...(target !== undefined && { target }), message: hint }],
  });
