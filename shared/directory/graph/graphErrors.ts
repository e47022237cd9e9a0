import { GraphError, type ErrorDetail } from '../../contract/errors.ts';
import type { GraphAnswer } from './graphClient.ts';

/** Headers of a refusal that tell the caller what to do. */
const told = [
  'Retry-After',
  'WWW-Authenticate',
  'x-ms-throttle-scope',
  'x-ms-throttle-information',
  'x-ms-throttle-limit-percentage',
];

/** A refusal of Graph in its own words; our ids go with it, and Graph's are for the log. */
export function refusal(answer: GraphAnswer): GraphError {
  const error = (answer.body?.error ?? {}) as { code?: unknown; message?: unknown; details?: unknown };
  const headers = Object.fromEntries(
    told.flatMap((name) => {
      const value = answer.header(name);
      return value === undefined || !/^[ -~]*$/.test(value) ? [] : [[name, value]];
    }),
  );
  if (answer.status < 400) {
    return new GraphError('generalException', 'Microsoft Graph answered in a way that was not expected.', {
      status: 502,
      cause: new Error(`status ${answer.status}`),
    });
  }
  return new GraphError(
    typeof error.code === 'string' ? error.code : 'UnknownError',
    typeof error.message === 'string' ? error.message : '',
    {
      status: answer.status,
      headers,
      details: Array.isArray(error.details) ? error.details.filter(isDetail) : [],
      cause: new Error(`Microsoft Graph refused request ${answer.header('request-id') ?? 'of unknown id'}.`),
    },
  );
}

const isDetail = (detail: unknown): detail is ErrorDetail =>
  typeof detail === 'object' && detail !== null && 'code' in detail && 'message' in detail;

/** Whether a refusal says that the value is taken. */
export const isConflict = ({ status, body }: GraphAnswer): boolean =>
  (status === 400 || status === 409) &&
  /ObjectConflict|ConflictingObjects|already exists?\b|conflicting object/i.test(JSON.stringify(body?.error ?? ''));
