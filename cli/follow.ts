import { setTimeout as wait } from 'node:timers/promises';
import { CommandError, RefusedError } from './commandError.ts';
import { exitCodes } from './exitCodes.ts';
import type { Job, JobsClient, Look } from './jobsClient.ts';
import type { Progress } from './progress.ts';

/** A small job has often ended before the service would guess: the first looks come sooner, in seconds. */
const firstSeconds = 0.25;

/**
 * Follows a job to its end.
 * @throws CommandError when it vanishes on the way
 */
export async function follow(
  first: Look,
  { client, progress, signal }: { client: JobsClient; progress: Progress; signal: AbortSignal },
): Promise<Job> {
  let look = first;
  for (let looks = 0; ; looks += 1) {
    show(look.job, progress);
    if (look.nextSeconds === undefined) return look.job;
    await wait(Math.min(look.nextSeconds, firstSeconds * 2 ** looks) * 1000, undefined, { signal });
    look = await client.find(look.job.id).catch((error: unknown) => {
      throw error instanceof RefusedError && error.status === 404 ? vanished(first.job) : error;
    });
  }
}

export const doneOf = (job: Job): number =>
  job.createdCount + job.unchangedCount + job.rejectedCount + job.notAttemptedCount;

function show(job: Job, progress: Progress): void {
  progress.show({
    state: job.status,
    done: doneOf(job),
    total: job.rowCount ?? undefined,
    perSecond: job.rowsPerSecond ?? undefined,
  });
  const pause = job.waitingUntilDateTime;
  if (pause !== null && Date.parse(pause) > Date.now()) progress.note(`the directory asked for a pause until ${pause}`);
}

const vanished = ({ id }: Job): CommandError =>
  new CommandError(
    exitCodes.failed,
    [
      `Job ${id} has vanished: the service answers, but knows nothing of it any more. Was the storage of its jobs emptied or replaced?`,
      'Devices that it had registered are still there; registering the file again finds them unchanged.',
    ].join('\n'),
  );
