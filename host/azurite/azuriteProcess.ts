import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Module } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { services, type Account } from './account.ts';

/** Longest wait for an end, in milliseconds; Azurite writes its data before it ends. */
const endMs = 10_000;

/** And then for it to be gone. */
const killMs = 2000;

/** @returns where the program is, or undefined when the package is not installed */
export function findAzurite(): string | undefined {
  try {
    const manifest = Module.createRequire(import.meta.url).resolve('azurite/package.json');
    return join(dirname(manifest), 'dist', 'src', 'azurite.js');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

export const logIn = (folder: string): string => join(folder, 'azurite.log');
const pidIn = (folder: string): string => join(folder, 'azurite.pid');

/**
 * Starts Azurite as a process that outlives this one.
 * The number of an earlier process is forgotten first: what stands in the file has never belonged to anything but this Azurite.
 */
export function launch(program: string, folder: string, { name, key, ports }: Account): void {
  rmSync(pidIn(folder), { force: true });
  const log = openSync(logIn(folder), 'a');
  const { PATH, HOME, SystemRoot } = process.env;
  const child = spawn(
    process.execPath,
    [
      program,
      '--disableTelemetry',
      '--skipApiVersionCheck',
      '--silent',
      ...['--location', join(folder, 'data')],
      ...services.flatMap((service) => [`--${service}Port`, String(ports[service])]),
    ],
    {
      cwd: folder,
      detached: true,
      // Nothing else: a setting of Azurite's own that lies about would change where its data is.
      env: { PATH, HOME, SystemRoot, AZURITE_ACCOUNTS: `${name}:${key}` },
      stdio: ['ignore', log, log],
      windowsHide: true,
    },
  );
  closeSync(log);
  child.unref();
  child.once('error', (error) => {
    writeFileSync(logIn(folder), `${String(error)}\n`, { flag: 'a' });
  });
  if (child.pid !== undefined) writeFileSync(pidIn(folder), String(child.pid));
}

/** Whether the process that was started last is there. */
export function isRunning(folder: string): boolean {
  const pid = pidOf(folder);
  return pid !== undefined && isAlive(pid);
}

/**
 * Ends Azurite and waits until its data is written; after {@link endMs} it is killed.
 * @throws Error when it is still there after that, as when another user has started it
 */
export async function end(folder: string): Promise<void> {
  const pid = pidOf(folder);
  if (pid === undefined) return;
  const startedMs = performance.now();
  let next: NodeJS.Signals | 0 = 'SIGTERM';
  for (let leftMs = endMs; isThere(pid, next); leftMs = endMs - (performance.now() - startedMs)) {
    if (leftMs < -killMs) throw new Error(`The storage of jobs, process ${pid}, could not be ended.`);
    await wait(20);
    next = leftMs < 0 ? 'SIGKILL' : 0;
  }
  rmSync(pidIn(folder), { force: true });
}

function pidOf(folder: string): number | undefined {
  try {
    return Number(readFileSync(pidIn(folder), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export const isAlive = (pid: number): boolean => isThere(pid, 0);

/**
 * Sends a signal; 0 only asks.
 * @returns whether there was such a process, be it somebody else's
 */
function isThere(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
