import type { Telemetry } from './port.ts';
import { reasonOf } from './reason.ts';

/**
 * Telemetry for a terminal: failures only, one line for each, with its request id and what caused it.
 * @param write takes whole lines
 */
export const consoleTelemetry = (write: (line: string) => void): Telemetry => ({
  failed(operationId, error, ids) {
    write(`${operationId} failed with ${error.status} ${error.code}, request ${ids.requestId}: ${reasonOf(error)}`);
  },
});
