import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { startedFile, startFlags } from '../../tools/startArguments.ts';

/** The built app in a process of its own, as `npm start` runs it. */
export interface RunningApp {
  base: string;
  process: ChildProcess;
  /** Everything printed so far. */
  output(): string;
  /** Ends it; @returns the exit code, null when a signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** What became of an app that did not start. */
export interface FailedStart {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The environment of a newcomer: nothing that a test machine may have set; and no storage of jobs, unless a test is about it. */
const cleanEnv = (env: Record<string, string>): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  LOCAL_STORAGE: 'none',
  ...env,
});

const main = resolve(startedFile);

const running = new Set<ChildProcess>();

/** Ends what a failed test left running. */
export const endLeftOvers = (): void => running.forEach((child) => child.kill('SIGKILL'));

function launch(
  env: Record<string, string>,
  cwd: string,
  args: string[] = [],
  program = main,
): { child: ChildProcess; stdout(): string; stderr(): string } {
  const child = spawn(process.execPath, [...startFlags, program, ...args], {
    cwd,
    env: cleanEnv(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.on('exit', () => running.delete(child));
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return { child, stdout: () => stdout, stderr: () => stderr };
}

/** Starts the app on any free port and waits until it prints its address. */
export async function startApp(
  env: Record<string, string>,
  cwd = process.cwd(),
  args: string[] = [],
  program = main,
): Promise<RunningApp> {
  const { child, stdout, stderr } = launch({ PORT: '0', ...env }, cwd, args, program);
  const base = await new Promise<string>((found, reject) => {
    child.stdout?.on('data', () => {
      const address = /listens on (http\S+)/.exec(stdout())?.[1];
      if (address) found(address);
    });
    child.on('exit', () => {
      reject(new Error(`The app did not start: ${stdout()}${stderr()}`));
    });
  });
  return {
    base,
    process: child,
    output: () => stdout() + stderr(),
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = once(child, 'exit');
      child.kill(signal);
      const [code] = (await ended) as [number | null];
      return code;
    },
  };
}

/** Starts the app where it must not start. */
export async function failToStart(env: Record<string, string>, cwd = process.cwd()): Promise<FailedStart> {
  const { child, stdout, stderr } = launch(env, cwd);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: stdout(), stderr: stderr() };
}
