import { Json } from '../../contract/json.ts';
import type { GraphResponse } from '../answer.ts';
import type { BatchRequest } from './envelope.ts';

/** Headers that a response in a batch has, spelled as clients look for them; the others belong to the batch as a whole. */
const told = [
  'Content-Type',
  'Location',
  'Retry-After',
  'Cache-Control',
  'x-ms-resource-unit',
  'OData-Version',
  'Allow',
  'WWW-Authenticate',
  'x-ms-throttle-scope',
  'x-ms-throttle-information',
  'x-ms-throttle-limit-percentage',
];

/** The answer to a batch; `answers` are in the order of the requests. */
export const toResponses = (requests: readonly BatchRequest[], answers: readonly GraphResponse[]): Json<object> =>
  new Json(`{"responses":[${answers.map((answer, index) => toResponse(requests[index]?.id, answer)).join(',')}]}`);

function toResponse(id: string | undefined, { status, headers, text }: GraphResponse): string {
  const shown = Object.fromEntries(
    told.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  );
  const head = `"id":${JSON.stringify(id)},"status":${status},"headers":${JSON.stringify(shown)}`;
  if (text === '') return `{${head}}`;
  const isJson = headers['Content-Type']?.startsWith('application/json') ?? false;
  return `{${head},"body":${isJson ? text : JSON.stringify(Buffer.from(text).toString('base64'))}}`;
}
