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

/**
 * A refusal of Graph in its own words; our ids go with it. Graph's id of the request is in the cause, which is for those who look for it:
 * the log has it only where a refusal is a failure of ours.
 */
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
      details: Array.isArray(error.details) ? error.details.flatMap(detailIn) : [],
      cause: new Error(`Microsoft Graph refused request ${answer.header('request-id') ?? 'of unknown id'}.`),
    },
  );
}

/** The texts of a detail, and nothing else that may stand beside them. */
function detailIn(detail: unknown): ErrorDetail[] {
  const { code, target, message } = (detail ?? {}) as Record<string, unknown>;
  if (typeof code !== 'string' || typeof message !== 'string') return [];
  return [{ code, ...(typeof target === 'string' && { target }), message }];
}

/** Whether a refusal says that the value is taken. */
export const isConflict = ({ status, body }: GraphAnswer): boolean =>
  (status === 400 || status === 409) &&
  /ObjectConflict|ConflictingObjects|already exists?\b|conflicting object/i.test(JSON.stringify(body?.error ?? ''));
