import type { Telemetry } from './port.ts';

/** Tells all of them. */
export const several = (all: readonly Telemetry[]): Telemetry => ({
  answered(request) {
    for (const telemetry of all) telemetry.answered(request);
  },
  async close() {
    await Promise.all(all.map((telemetry) => telemetry.close()));
  },
});
