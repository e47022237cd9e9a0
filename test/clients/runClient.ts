import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Outcome } from './steps.ts';

/**
 * Runs a client's program in a process of its own: the clients are loaded by Node itself, unmodified, and Node reads which certificates
 * to trust at its start only.
 * @param script in this folder
 * @returns what came of its steps
 */
export async function runClient(script: string, env: Record<string, string>): Promise<Record<string, Outcome>> {
  const child = spawn(process.execPath, [`test/clients/${script}`], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.err += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${script} ended with ${code}: ${output.err}`);
  return JSON.parse(output.out) as Record<string, Outcome>;
}

/** @throws Error when the step failed */
export function valueOf(outcome: Outcome | undefined): unknown {
  if (outcome && 'value' in outcome) return outcome.value;
  throw new Error(`The step failed: ${JSON.stringify(outcome)}`);
}
