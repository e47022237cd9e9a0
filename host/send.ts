import type { ServerResponse } from 'node:http';
import { failure, type Answer } from './answer.ts';

/**
 * Writes an answer with the real host's framing: a body is chunked unless the handler set its length.
 * @param extra headers added where the answer lacks them
 */
export function send(response: ServerResponse, answer: Answer, extra: readonly (readonly [string, string])[]): void {
  const headers = extra.length > 0 ? added(answer.headers, extra) : answer.headers;
  try {
    write(response, answer, headers);
  } catch {
    write(response, failure, added(failure.headers, extra));
  }
}

/** @throws Error when a header cannot be written, or the length is not one or too small */
function write(response: ServerResponse, { status, body, length }: Answer, headers: Answer['headers']): void {
  if (response.req.method === 'HEAD' || status === 204 || status === 304) {
    response.writeHead(status, headers).end();
    return;
  }
  const bytes = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  if (length === undefined) {
    response.writeHead(status, bytes > 0 ? headers : { ...headers, 'Content-Length': '0' }).end(body);
  } else if (Number(length) === bytes) {
    response.writeHead(status, headers).end(body);
  } else if (Number(length) > bytes) {
    response.writeHead(status, headers).write(body, () => response.destroy());
  } else {
    throw new RangeError(`Content-Length ${length} does not fit a body of ${bytes} bytes`);
  }
}

function added(headers: Answer['headers'], extra: readonly (readonly [string, string])[]): Answer['headers'] {
  const present = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  return { ...headers, ...Object.fromEntries(extra.filter(([name]) => !present.has(name.toLowerCase()))) };
}
