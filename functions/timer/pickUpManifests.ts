import type { Register } from '../bindings/register.ts';
import { bindTimer } from '../bindings/timer.ts';

/** Makes jobs of the files in the inbox. */
export const register: Register = (app, services) =>
  bindTimer(app, 'pickUpManifests', services.schedules.pickUp, async () => {
    if (services.hasJobs) await (await services.bulk()).pickUp();
  });
