import { randomUUID } from 'node:crypto';
import { GraphError } from '../shared/contract/errors.ts';
import { idsOf, toErrorResponse } from '../shared/operations/answer.ts';
import { toAzure } from './bindings/http.ts';
import { allMethods } from './bindings/methods.ts';
import type { FunctionApp } from './bindings/register.ts';

/**
 * Answers 503 to everything, when the settings were refused or the directory could not be opened.
 * (An error thrown while the worker loads the app would leave a host of bare 404s.) The log tells the reasons, the answer does not.
 */
export function registerRefused(app: FunctionApp): void {
  const error = new GraphError('serviceNotAvailable', 'The service is not available: it could not start.');
  app.http('zUnmatched', {
    methods: allMethods,
    route: '{*path}',
    authLevel: 'anonymous',
    handler: (request) => toAzure(toErrorResponse(error, idsOf(request, randomUUID), new Date())),
  });
}
