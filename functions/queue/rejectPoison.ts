import { bindQueue } from '../bindings/queue.ts';
import type { Register } from '../bindings/register.ts';
import { jobQueue } from './jobQueue.ts';

/** Settles the messages that failed at every try: their rows are rejected with the reason. */
export const register: Register = (app, services) =>
  bindQueue(app, 'rejectPoison', { ...jobQueue, queueName: `${jobQueue.queueName}-poison` }, async (taken) =>
    (await services.bulk()).reject(taken),
  );
