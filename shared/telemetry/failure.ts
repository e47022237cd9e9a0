import { inspect } from 'node:util';
import type { GraphError } from '../contract/errors.ts';
import type { Failure } from './port.ts';
import { reasonOf } from './reason.ts';

/** What is behind an error that is our fault; the caller sees nothing of it. */
export function failureOf(error: GraphError): Failure {
  const cause = error.cause ?? error;
  return {
    type: cause instanceof Error ? cause.name : typeof cause,
    message: cause instanceof Error ? cause.message : inspect(cause),
    text: reasonOf(error),
  };
}
