import type { GraphError } from '../contract/errors.ts';
import { changeJob, findJob } from './changeJob.ts';
import { divide, rangesOf } from './divide.ts';
import { isEnded, type Job } from './job.ts';
import { messageVersion, type PrepareMessage, type Range, type RangeMessage, type Taken } from './message.ts';
import { intervalMs } from './pace.ts';
import type { BulkParts } from './parts.ts';
import { ManifestError } from './rows/manifestError.ts';
import { tryOneRow } from './tryOneRow.ts';

/** Messages that are sent between two notes of how far it is. */
const sentTogether = 500;
/** Messages under way at the same time. */
const width = 16;

/**
 * Divides the manifest of a job, tries one row, and sends a message for each range. An earlier delivery that did not come to its end is
 * taken up where it left off; of two that run at once, the first to divide wins.
 */
export async function prepare({ message, dequeueCount }: Taken<PrepareMessage>, parts: BulkParts): Promise<void> {
  const stored = await findJob(parts, message.job);
  if (!stored || isEnded(stored.job)) return;
  let job: Job | undefined = stored.job;
  const isAgain = dequeueCount > 1 || job.division !== undefined;
  if (!job.division) job = await divided(job, parts);
  if (!job?.division) return;
  if (job.dryRun || job.status === 'cancelling' || job.division.validRows === 0) return sendFinish(job, parts);
  if (!job.isTried) {
    const tried = await tryOneRow(job, parts);
    if ('retryAfterSeconds' in tried) return parts.queue.send(message, tried.retryAfterSeconds);
    job = tried.job;
  }
  if (!job || isEnded(job)) return;
  if (job.error) return sendFinish(job, parts);
  await sendRanges(job, isAgain, parts);
}

export const sendFinish = ({ id }: Pick<Job, 'id'>, { queue }: Pick<BulkParts, 'queue'>): Promise<void> =>
  queue.send({ v: messageVersion, kind: 'finish', job: id });

/** @returns undefined when there is nothing left to do: it is no manifest, or another delivery was faster */
async function divided(job: Job, parts: BulkParts): Promise<Job | undefined> {
  const now = (): string => parts.now().toISOString();
  try {
    const division = await divide(job, parts);
    return await changeJob(parts, job.id, (latest) =>
      latest.division || isEnded(latest)
        ? undefined
        : {
            ...latest,
            division,
            status: latest.status === 'cancelling' ? 'cancelling' : 'running',
            startedAt: now(),
            progressAt: now(),
          },
    );
  } catch (thrown) {
    if (!(thrown instanceof ManifestError)) throw thrown;
    await failJob(job.id, { code: 'InvalidManifest', message: thrown.message }, parts);
    return undefined;
  }
}

/** Notes why a job fails as a whole, and has it ended. */
export async function failJob(
  id: string,
  { code, message }: Pick<GraphError, 'code' | 'message'>,
  parts: BulkParts,
): Promise<void> {
  const job = await changeJob(parts, id, (latest) =>
    isEnded(latest) ? undefined : { ...latest, error: { code, message } },
  );
  if (job) await sendFinish(job, parts);
}

/** Each message is hidden until its turn by the pace should come; that it has come is made sure when it is taken. */
async function sendRanges(job: Job, isAgain: boolean, parts: BulkParts): Promise<void> {
  const { id, division, sent } = job;
  if (!division) return;
  let writes = 0;
  let messages: { message: RangeMessage; delaySeconds: number }[] = [];
  const flush = async (): Promise<void> => {
    const queue = messages.entries();
    const send = async (): Promise<void> => {
      for (const [, { message, delaySeconds }] of queue) await parts.queue.send(message, delaySeconds);
    };
    await Promise.all(Array.from({ length: width }, send));
    const last = messages.at(-1)?.message.range ?? -1;
    messages = [];
    await changeJob(parts, id, (latest) => ({
      ...latest,
      sent: Math.max(latest.sent, last + 1),
      progressAt: parts.now().toISOString(),
    }));
  };
  for await (const range of rangesOf(job, parts)) {
    if (range.range >= sent) {
      messages.push({
        message: toRangeMessage(id, division.name, range, isAgain),
        delaySeconds: Math.floor((writes * intervalMs(parts)) / 1000),
      });
    }
    writes += range.writes;
    if (messages.length === sentTogether) await flush();
  }
  if (messages.length > 0) await flush();
}

export const toRangeMessage = (job: string, division: string, range: Range, isAgain: boolean): RangeMessage => ({
  v: messageVersion,
  kind: 'range',
  job,
  division,
  ...range,
  ...(isAgain && { isAgain }),
});
