import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onCore } from './cores.ts';
import { cpuTimeMs } from './cpuTime.ts';
import { InvalidRun } from './invalidRun.ts';

/** How to start a server: arguments of `node`, and what to add to the environment. */
export interface ServerCommand {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface ServerProcess {
  readonly origin: string;
  readonly pid: number;
  /** From before `node` was started, on the clock of `performance.now()`. */
  readonly startedMs: number;
  /** From there to the printed address. */
  readonly printedAfterMs: number;
  /** All CPU time so far. */
  cpuMs(): number;
  /** @param signal SIGKILL to end it as it stands */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/**
 * Starts a server and waits for the address it prints.
 * @param core undefined to let it run anywhere
 * @throws InvalidRun when it ends instead
 */
export async function startServer({ args, env }: ServerCommand, core?: number): Promise<ServerProcess> {
  const startedMs = performance.now();
  const [command, ...rest] = onCore(core, [process.execPath, ...args]);
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = once(child, 'exit').finally(() => process.off('exit', kill));

  let output = '';
  let printedAfterMs = NaN;
  const origin = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      if (!Number.isNaN(printedAfterMs)) return;
      output += chunk.toString();
      const address = /listens on (https?:\S+)\s/.exec(output)?.[1];
      if (address === undefined) return;
      printedAfterMs = performance.now() - startedMs;
      resolve(address);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    child.once('exit', () => {
      reject(new InvalidRun(`node ${args.join(' ')} ended before it listened:\n${output}`));
    });
  });

  return {
    origin,
    pid: child.pid ?? 0,
    startedMs,
    printedAfterMs,
    cpuMs: () => cpuTimeMs(child.pid ?? 0),
    async stop(signal) {
      child.kill(signal);
      await ended;
    },
  };
}
