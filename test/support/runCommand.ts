import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

/** How a command ended. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd: string;
  env?: Record<string, string>;
  /** Standard input; it is no terminal. */
  input?: string;
  /** A Ctrl-C once standard error holds this. */
  interruptAt?: string;
}

const bin = resolve('cli/bin.cjs');

/** Runs `device-registrar` in a process of its own, with nothing in the environment that a test machine may have set. */
export async function runCommand(args: readonly string[], options: RunOptions): Promise<Ended> {
  const { cwd, env = {}, input = '', interruptAt } = options;
  const child = spawn(process.execPath, [bin, ...args], { cwd, env: { PATH: process.env.PATH, ...env } });
  let stdout = '';
  let stderr = '';
  let isInterrupted = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    if (interruptAt === undefined || isInterrupted || !stderr.includes(interruptAt)) return;
    isInterrupted = true;
    child.kill('SIGINT');
  });
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}
