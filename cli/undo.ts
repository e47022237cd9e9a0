import { createInterface } from 'node:readline/promises';
import { CommandError, wrongUse } from './commandError.ts';
import { deleteDevices, type Undone } from './deleteDevices.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import { jobsClient, type Job } from './jobsClient.ts';
import type { RegisterOptions } from './options.ts';
import type { Progress } from './progress.ts';
import { reportFormatOf, writeReport } from './report.ts';
import type { Service } from './service.ts';
import { number, table } from './words.ts';

export interface UndoParts {
  options: RegisterOptions;
  service: Service;
  progress: Progress;
  /** Ends it after the devices that are under way. */
  signal: AbortSignal;
}

/** Deletes the devices that a job has created, and no others; what the job found unchanged was there before. */
export async function undo(id: string, parts: UndoParts): Promise<ExitCode> {
  const { options, service, progress, signal } = parts;
  const client = jobsClient(service);
  const { job, nextSeconds } = await client.find(id);
  if (nextSeconds !== undefined) throw wrongUse(`Job ${id} goes on: cancel it first (--cancel ${id}).`);
  if (!(await isConfirmed(job, options, signal))) throw wrongUse('Nothing was deleted.');

  const path = options.report ?? `${id}.undo.csv`;
  const counts = { deleted: 0, gone: 0, failed: 0 };
  const begun = performance.now();
  const lost = new AbortController();
  const end = AbortSignal.any([signal, lost.signal]);
  const counted = async function* (): AsyncGenerator<Undone> {
    for await (const undone of deleteDevices(client.report(id, 'jsonl'), {
      service,
      end,
      giveUp: (reason) => lost.abort(reason),
    })) {
      counts[undone.outcome] += 1;
      const done = counts.deleted + counts.gone + counts.failed;
      const perSecond = (done * 1000) / (performance.now() - begun);
      progress.show({ state: 'deleting', done, total: job.createdCount, perSecond });
      yield undone;
    }
  };
  await writeReport(path, toText(counted(), reportFormatOf(path) === 'csv'));
  progress.stop();

  if (options.json) console.log(JSON.stringify({ job: id, ...counts, report: path }));
  else if (!options.quiet) console.log(told(job, counts, path, end.aborted));
  if (signal.aborted) return exitCodes.interrupted;
  lost.signal.throwIfAborted();
  return counts.failed === 0 ? exitCodes.done : exitCodes.someRows;
}

function told(job: Job, counts: Record<Undone['outcome'], number>, path: string, isPart: boolean): string {
  return [
    `Of the ${number(job.createdCount)} devices that job ${job.id} created:`,
    '',
    table([
      ['deleted', counts.deleted],
      ['gone before', counts.gone],
      ['failed', counts.failed],
    ]),
    '',
    isPart
      ? 'It ended early: the same command again deletes the others.'
      : 'The same file is registered again with --again.',
    `Report: ${path}`,
  ].join('\n');
}

/** What is deleted cannot be restored: a person is asked, and a script must say that it means it. */
async function isConfirmed(job: Job, { yes }: RegisterOptions, signal: AbortSignal): Promise<boolean> {
  if (yes || job.createdCount === 0) return true;
  if (!process.stdin.isTTY)
    throw wrongUse(`--undo deletes ${number(job.createdCount)} devices: --yes says that it may.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  terminal.on('SIGINT', () => process.emit('SIGINT'));
  const question = `Delete the ${number(job.createdCount)} devices that job ${job.id} created? They cannot be restored. (y/N) `;
  try {
    return /^y(es)?$/i.test((await terminal.question(question, { signal })).trim());
  } catch (error) {
    if (signal.aborted) throw new CommandError(exitCodes.interrupted, '\nNothing was deleted.');
    throw error;
  } finally {
    terminal.close();
  }
}

const columns = ['row', 'deviceId', 'id', 'outcome', 'message'] as const satisfies (keyof Undone)[];

async function* toText(rows: AsyncIterable<Undone>, isCsv: boolean): AsyncGenerator<string> {
  if (isCsv) yield `${columns.join(',')}\r\n`;
  for await (const row of rows) {
    yield isCsv ? `${columns.map((column) => toCell(row[column])).join(',')}\r\n` : `${JSON.stringify(row)}\n`;
  }
}

/** In quotation marks where it must be, as a message of the service. */
const toCell = (value: string | number | null): string =>
  typeof value === 'string' && /[\s",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : String(value ?? '');
