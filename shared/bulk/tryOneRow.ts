import { toGraphError, type GraphError } from '../contract/errors.ts';
import { changeJob } from './changeJob.ts';
import { rangesOf } from './divide.ts';
import type { Job } from './job.ts';
import { takeTurn } from './pace.ts';
import type { BulkParts } from './parts.ts';
import { rowsOf } from './readStored.ts';
import type { Row } from './rows/row.ts';
import { isWrong } from './storedRow.ts';

/** Seconds until the next try where the directory does not say. */
const usualDelaySeconds = 10;

/**
 * Tries the first row that can be registered. What is refused for a reason that holds for every row (a permission) ends the job; a
 * refusal of this row alone is found again, and told, by its range.
 * @returns the job, with its error when it must not go on; or that the directory asks for a pause
 */
export async function tryOneRow(
  job: Job,
  parts: BulkParts,
): Promise<{ job: Job | undefined } | { retryAfterSeconds: number }> {
  const row = await firstValidRow(job, parts);
  const turnMs = await takeTurn(parts, 1);
  if (turnMs > 0) await parts.wait(Math.min(turnMs, longestWaitMs));
  let trial: Job['trial'];
  let error: Job['error'];
  try {
    if (row) trial = { row: row.row, id: (await parts.directoryFor().createDevice(row.device)).id };
  } catch (thrown) {
    const refusal = toGraphError(thrown);
    if (isPassing(refusal)) {
      parts.log(`Job ${job.id} waits: the directory answers ${refusal.status} to its first row.`);
      return { retryAfterSeconds: Number(refusal.headers['Retry-After'] ?? usualDelaySeconds) || usualDelaySeconds };
    }
    if (isAboutAll(refusal)) {
      error = { code: refusal.code, message: reasonOf(refusal) };
      if (row) trial = { row: row.row };
    }
  }
  return {
    job: await changeJob(parts, job.id, (latest) => ({
      ...latest,
      isTried: true,
      ...(trial && { trial }),
      ...(error && { error }),
    })),
  };
}

/** A trial is one write; it need not wait for all turns that ranges of other jobs have taken. */
const longestWaitMs = 5000;

const isPassing = ({ status }: GraphError): boolean => status === 429 || status >= 500;

/** Who we are, or what we may do: the same for every row. */
const isAboutAll = ({ status }: GraphError): boolean => status === 401 || status === 403;

const reasonOf = ({ message, details }: GraphError): string =>
  [message, ...details.map((detail) => detail.message)].join(' ').slice(0, 2000);

async function firstValidRow(job: Job, parts: BulkParts): Promise<Row | undefined> {
  for await (const range of rangesOf(job, parts)) {
    if (range.writes === 0) continue;
    const rows = await rowsOf(parts, job.id, job.division?.name ?? '', range);
    const row = rows.find((one) => !isWrong(one));
    if (row && !isWrong(row)) return row;
  }
  return undefined;
}
