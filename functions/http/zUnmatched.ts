import type { HttpHandler } from '@azure/functions';
import { operations } from '../../shared/api.ts';
import { refuse } from '../../shared/operations/answer.ts';
import { inForce } from '../../shared/operations/operation.ts';
import { unmatched } from '../../shared/operations/unmatched.ts';
import { toAzure, toGraphRequest } from '../bindings/http.ts';
import { allMethods } from '../bindings/methods.ts';
import type { Register } from '../bindings/register.ts';

/** Whatever no other function takes. The host tries functions in the order of their names: this one is the last. */
export const register: Register = (app, services) => {
  const served = inForce(operations, services);
  const handler: HttpHandler = (request, context) => {
    const { method } = request;
    const error = unmatched(served, method, request.params.path ?? '');
    return toAzure(
      refuse(
        { id: 'zUnmatched', method, changesNothing: true },
        toGraphRequest(request, context, services),
        error,
        services,
      ),
    );
  };
  app.http('zUnmatched', { methods: allMethods, route: '{*path}', authLevel: 'anonymous', handler });
};
