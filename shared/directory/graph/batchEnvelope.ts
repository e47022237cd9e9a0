import type { HttpMethods } from '@azure/core-rest-pipeline';
import type { GraphAnswer, Sent } from './graphClient.ts';

/** A call that travels in a batch. */
export interface BatchedCall {
  method: HttpMethods;
  /** Below the version, with its query. */
  path: string;
  sent?: Sent;
}

/** The body of a `$batch`; the id of a request is its place. */
export const toEnvelope = (calls: readonly BatchedCall[]): object => ({
  requests: calls.map(({ method, path, sent: { body, eventual } = {} }, index) => ({
    id: String(index),
    method,
    url: path,
    headers: {
      ...(body && { 'Content-Type': 'application/json' }),
      ...(eventual && { ConsistencyLevel: 'eventual' }),
    },
    ...(body && { body }),
  })),
});

/**
 * What became of each call: its own response or, where the batch failed as a whole, that answer.
 * @returns one for each call, in their order; undefined where Graph says nothing of it
 */
export function toAnswers(batch: GraphAnswer, count: number): (GraphAnswer | undefined)[] {
  if (batch.status !== 200) return Array<GraphAnswer>(count).fill(batch);
  const list = Array.isArray(batch.body?.responses) ? (batch.body.responses as unknown[]) : [];
  const responses = new Map(list.filter(isResponse).map((response) => [response.id, response]));
  return Array.from({ length: count }, (_, index) => {
    const response = responses.get(String(index));
    return response && toAnswer(response, batch);
  });
}

interface Response {
  id: string;
  status: number;
  headers?: unknown;
  body?: unknown;
}

const isResponse = (value: unknown): value is Response =>
  isObject(value) && typeof value.id === 'string' && typeof value.status === 'number';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Headers that only the batch as a whole has. */
const shared = new Set(['date', 'request-id']);

function toAnswer({ status, headers, body }: Response, batch: GraphAnswer): GraphAnswer {
  const own = new Map(
    Object.entries(isObject(headers) ? headers : {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  return {
    status,
    attempts: batch.attempts,
    header: (name) => own.get(name.toLowerCase()) ?? (shared.has(name.toLowerCase()) ? batch.header(name) : undefined),
    body: isObject(body) ? body : undefined,
    text: isObject(body) ? undefined : textOf(body),
  };
}

/** A number comes as one, as text, or as base64 of its text; no base64 of digits looks like digits. */
function textOf(body: unknown): string | undefined {
  if (typeof body === 'number') return String(body);
  if (typeof body !== 'string') return undefined;
  return /^\uFEFF?\d+$/.test(body) ? body : Buffer.from(body, 'base64').toString();
}
