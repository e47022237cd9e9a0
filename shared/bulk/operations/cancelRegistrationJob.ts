import { objectId } from '../../contract/objectId.ts';
import pages from '../../contract/generated/operations.json' with { type: 'json' };
import type { Operation } from '../../operations/operation.ts';
import { isEnded } from '../job.ts';
import { addressOf, goesOn, toJson } from './toJson.ts';

/** Cancels a job: what is under way is finished, and the rest is not attempted. A job that has ended stays as it is. */
export const cancelRegistrationJob: Operation = {
  ...pages.cancelRegistrationJob,
  isOurs: true,
  async run({ params, caller, jobs, base }) {
    const job = await jobs.cancel(caller, objectId(params.id));
    const now = jobs.now();
    const shown = { context: 'registrationJobs/$entity', json: toJson(job, base, now) };
    return isEnded(job)
      ? { status: 200, ...shown }
      : { status: 202, ...shown, headers: goesOn(job, addressOf(job, base), now) };
  },
};
