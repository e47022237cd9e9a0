import { inspect } from 'node:util';
import type { Telemetry } from './port.ts';

/**
 * Telemetry for a terminal: failures only, each with its request id and what caused it.
 * @param write takes whole lines
 */
export const consoleTelemetry = (write: (line: string) => void): Telemetry => ({
  failed(operationId, error, ids) {
    write(
      `${operationId} failed with ${error.status} ${error.code}, request ${ids.requestId}: ${inspect(error.cause ?? error)}`,
    );
  },
});
