import { jobVersion, type Job } from './job.ts';
import type { BulkParts } from './parts.ts';
import type { StoredJob } from './stores.ts';

/** Tries against others who change the same job; many instances finish ranges of it at the same time. */
const maxTries = 50;

/** @throws Error for a state of a newer version, which an instance of the next deployment understands */
export async function findJob({ jobs }: Pick<BulkParts, 'jobs'>, id: string): Promise<StoredJob | undefined> {
  const stored = await jobs.find(id);
  if (stored && stored.job.v > jobVersion) throw new Error(`Job ${id} was written by a newer version of this app.`);
  return stored;
}

/**
 * Changes a job although others change it, too.
 * @param change is given the latest state, at each try; undefined leaves it as it is
 * @returns the job as it is then; undefined when there is none, or nothing was changed
 */
export async function changeJob(
  { jobs, random, wait }: Pick<BulkParts, 'jobs' | 'random' | 'wait'>,
  id: string,
  change: (job: Job) => Job | undefined,
): Promise<Job | undefined> {
  for (let count = 0; count < maxTries; count += 1) {
    const stored = await findJob({ jobs }, id);
    const changed = stored && change(stored.job);
    if (!stored || !changed) return undefined;
    if (await jobs.replace(changed, stored.etag)) return changed;
    await wait(random() * Math.min(2000, 20 * (count + 1)));
  }
  throw new Error(`Job ${id} changes so often that a change of it could not be written.`);
}
