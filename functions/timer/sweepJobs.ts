import type { Register } from '../bindings/register.ts';
import { bindTimer } from '../bindings/timer.ts';

/** Looks after jobs that make no progress. */
export const register: Register = (app, services) =>
  bindTimer(app, 'sweepJobs', services.schedules.sweep, async () => {
    if (services.hasJobs) await (await services.bulk()).sweep();
  });
