import type { Headers } from '../auth/caller.ts';
import { GraphError } from '../contract/errors.ts';
import { answer, idsOf, toErrorResponse, type Dispatcher } from './answer.ts';
import { matcher } from './matcher.ts';
import { inForce, onTerms, type Operation, type Terms } from './operation.ts';
import { unmatched } from './unmatched.ts';

/**
 * The way from a request to those that it holds: each is found in the list of operations and sent down the road of every request,
 * in memory. The caller is the one of the request that holds them, identified once, and nothing that a held request says changes that.
 */
export function dispatcher(operations: readonly Operation[], terms: Terms): Dispatcher {
  const find = matcher(operations.map((operation) => onTerms(operation, terms)));
  const served = inForce(operations, terms);

  return (
    { request: { base, version, traceContext, headers: ofHolder }, clientRequestId, caller, directory },
    services,
  ) => {
    const together = directory.together?.() ?? directory;
    const within = { ...services, identify: () => caller, directoryFor: () => together };

    const inherited = new Map([
      ['client-request-id', clientRequestId],
      ['traceparent', ofHolder.get('traceparent')],
    ]);

    return async (held) => {
      const headers = inheriting(held instanceof GraphError ? none : held.headers, inherited);
      const refuse = (error: GraphError) => toErrorResponse(error, idsOf({ headers }, services.newId), services.now());
      if (held instanceof GraphError) return refuse(held);
      const found = find(held.method, held.path);
      if (!found) return refuse(unmatched(served, held.method, version + held.path));
      if (found.operation.holdsRequests) return refuse(nested());
      const { query, text } = held;
      const path = `/${version}${held.address}`;
      return answer(
        found.operation,
        {
          headers,
          params: found.params,
          base,
          path,
          query,
          version,
          traceContext,
          text: () => Promise.resolve(text),
          bytes: () => Promise.resolve(Buffer.from(text)),
        },
        within,
      );
    };
  };
}

const none: Headers = { get: () => null };

/** A request has the id and the trace of the request which holds it, unless it says its own. */
const inheriting = (headers: Headers, inherited: ReadonlyMap<string, string | null>): Headers => ({
  get: (name) => headers.get(name) ?? inherited.get(name) ?? null,
});

const nested = (): GraphError => new GraphError('BadRequest', 'A batch cannot be part of a batch.');
