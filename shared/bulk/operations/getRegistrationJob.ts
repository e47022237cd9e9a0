import { objectId } from '../../contract/objectId.ts';
import pages from '../../contract/generated/operations.json' with { type: 'json' };
import type { Operation } from '../../operations/operation.ts';
import { isEnded } from '../job.ts';
import { addressOf, goesOn, toJson } from './toJson.ts';

/** Reads a job: with 202 while it goes on, so that whoever follows `Location` asks again, and with 200 at its end, however it ended. */
export const getRegistrationJob: Operation = {
  ...pages.getRegistrationJob,
  isOurs: true,
  async run({ params, caller, jobs, base }) {
    const job = await jobs.find(caller, objectId(params.id));
    const now = jobs.now();
    const shown = { context: 'registrationJobs/$entity', json: toJson(job, base, now) };
    return isEnded(job)
      ? { status: 200, ...shown }
      : { status: 202, ...shown, headers: goesOn(job, addressOf(job, base), now) };
  },
};
