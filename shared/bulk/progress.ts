import { changeJob } from './changeJob.ts';
import { addCounts, isEnded, noCounts, type Counts, type Job } from './job.ts';
import type { BulkParts } from './parts.ts';

/** Counts the ranges of jobs as they are done. */
export interface Progress {
  /** @returns the job afterwards; undefined when there is none */
  add(job: string, counts: Counts): Promise<Job | undefined>;
}

interface Waiting {
  counts: Counts;
  ranges: number;
  written: Promise<Job | undefined>;
}

/**
 * Ranges that are done while the state is being written are counted together in the next write, so that an instance does not compete
 * with itself. What is lost when the process ends is counted anew at the end of the job, or by the sweep.
 */
export function progress(parts: Pick<BulkParts, 'jobs' | 'random' | 'wait' | 'now'>): Progress {
  const next = new Map<string, Waiting>();
  const writing = new Map<string, Promise<unknown>>();

  async function write(id: string): Promise<Job | undefined> {
    await writing.get(id);
    const { counts, ranges } = next.get(id) ?? { counts: noCounts, ranges: 0 };
    next.delete(id);
    const written = changeJob(parts, id, (job) => ({
      ...job,
      doneRanges: job.doneRanges + ranges,
      counts: addCounts(job.counts, counts),
      progressAt: parts.now().toISOString(),
    }));
    const settled = written.then(
      () => undefined,
      () => undefined, // Whoever added the counts is told.
    );
    writing.set(id, settled);
    void settled.then(() => {
      if (writing.get(id) === settled) writing.delete(id);
    });
    return written;
  }

  return {
    add(id, counts) {
      const waiting = next.get(id);
      if (waiting) {
        waiting.counts = addCounts(waiting.counts, counts);
        waiting.ranges += 1;
        return waiting.written;
      }
      const first: Waiting = { counts, ranges: 1, written: Promise.resolve(undefined) };
      next.set(id, first);
      first.written = write(id);
      return first.written;
    },
  };
}

/** Whether every range has its result, and the job can end. */
export const isComplete = (job: Job): boolean => job.division !== undefined && job.doneRanges >= job.division.ranges;

/** What the message that ends a job is sent for: all is done, or something was done after the end. */
export const needsFinish = (job: Job): boolean => isComplete(job) || isEnded(job);
