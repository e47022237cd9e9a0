import { randomUUID } from 'node:crypto';
import { RefusedError } from './commandError.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import { follow } from './follow.ts';
import { interruption } from './interruption.ts';
import { jobsClient, type Job, type JobsClient, type Look } from './jobsClient.ts';
import { inboxHint, keyOf, readManifest } from './manifest.ts';
import { addressOf, taskOf, tokenOf, usualUrl, type RegisterOptions } from './options.ts';
import { progress, type Progress } from './progress.ts';
import { reportFormatOf, reportPath, writeReport } from './report.ts';
import { openService } from './service.ts';
import { exitCodeOf, summary } from './summary.ts';
import { undo } from './undo.ts';

/** `device-registrar register`: a manifest, or something about a job that is there. */
export async function register(file: string | undefined, options: RegisterOptions): Promise<ExitCode> {
  const task = taskOf(file, options);
  const url = addressOf(options.url);
  const shown = progress(task.kind === 'undo' ? 'devices' : 'rows', options.quiet ?? false);
  const note = (line: string): void => shown.note(line);
  const token = tokenOf(url, options.token, note);
  const signal = interruption();
  const asked = { url, token, patience: options.patience, note };
  // What is being deleted is waited for, so that the report is true.
  if (task.kind === 'undo') return undo(task.id, { options, service: openService(asked), progress: shown, signal });
  const client = jobsClient(openService({ ...asked, signal }));

  let look: Look | undefined;
  try {
    look =
      task.kind === 'start' ? await start(task.file, options, client, note) : await client[verbs[task.kind]](task.id);
    const job = await follow(look, { client, progress: shown, signal });
    shown.stop();
    const report = await fetchReport(job, file, options, client);
    tell(job, report, options);
    return task.kind === 'cancel' ? exitCodes.done : exitCodeOf(job);
  } catch (error) {
    shown.stop();
    if (look && (signal.aborted || error instanceof RefusedError)) console.error(howToGoOn(look.job.id, url));
    if (!signal.aborted) throw error;
    if (!look)
      console.error('Interrupted before the service answered. The same command again finds the job, if there is one.');
    return exitCodes.interrupted;
  }
}

const verbs = { follow: 'find', cancel: 'cancel' } as const;

/** Sends the manifest. The same one with the same options is the same job, unless it is wanted again. */
async function start(
  file: string,
  options: RegisterOptions,
  client: JobsClient,
  note: Progress['note'],
): Promise<Look> {
  const { dryRun = false, generate } = options;
  const manifest = await readManifest(file, options.format);
  const key = options.again ? randomUUID() : keyOf(manifest, JSON.stringify({ dryRun, generate }));
  const look = await client.start(manifest, { dryRun, generate, key }).catch((error: unknown) => {
    const isTooLarge = error instanceof RefusedError && error.status === 413;
    throw isTooLarge ? new RefusedError(413, `${error.message}\n${inboxHint(file)}`) : error;
  });
  const { id, status, createdDateTime } = look.job;
  note(
    status === 'notStarted'
      ? `Job ${id} registers ${file}.`
      : `Job ${id} of ${createdDateTime} is about the same file: this is what it does. --again makes another one.`,
  );
  return look;
}

/** @returns the path of the report; a job that failed before its rows were read has none */
async function fetchReport(
  job: Job,
  file: string | undefined,
  options: RegisterOptions,
  client: JobsClient,
): Promise<string | undefined> {
  if (job.rowCount === null) return undefined;
  const path = options.report ?? reportPath(file, job.id);
  await writeReport(path, client.report(job.id, reportFormatOf(path)));
  return path;
}

function tell(job: Job, report: string | undefined, { json, quiet }: RegisterOptions): void {
  if (json) console.log(JSON.stringify({ job, report: report ?? null }));
  else if (!quiet) console.log(summary(job, report));
}

function howToGoOn(id: string, url: string): string {
  const command = `npx device-registrar register${url === usualUrl ? '' : ` --url ${url}`}`;
  return [
    `Job ${id} goes on without this command.`,
    `  to follow it  ${command} --job ${id}`,
    `  to cancel it  ${command} --cancel ${id}`,
  ].join('\n');
}
