import type { GraphError, RequestIds } from '../contract/errors.ts';

/** What the app says about itself while it works. */
export interface Telemetry {
  /** An answer that is our fault (status 500 and above): `error.cause` tells what happened. */
  failed(operationId: string, error: GraphError, ids: RequestIds): void;
}
