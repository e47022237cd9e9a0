import { bindQueue } from '../bindings/queue.ts';
import type { Register } from '../bindings/register.ts';
import { jobQueue } from './jobQueue.ts';

/** Does what a message of a job says: divides its manifest, registers a range of rows, or puts the report together. */
export const register: Register = (app, services) =>
  bindQueue(app, 'registerRange', jobQueue, async (taken) => (await services.bulk()).work(taken));
