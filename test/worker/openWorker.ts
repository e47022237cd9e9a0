import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { RouteTable } from '../../host/routes.ts';
import type { Target } from '../support/target.ts';
import type { Binding, RpcData } from './coreModule.ts';
import type { RpcTrigger } from './invoke.ts';

/** What a worker tells once it serves. */
export interface Ready {
  base: string;
  nodeVersion: string;
  capabilities: Record<string, string>;
  functions: { name: string; bindings: Binding[] }[];
  /** Functions that the host refuses. */
  rejected: RouteTable['rejected'];
}

/** What a worker is told: to end, or to run a function. */
export type Order = 'terminate' | 'cpuUsage' | { id: number; name: string; trigger: RpcTrigger };

/** How a run ended. */
export type Invoked = { id: number } & ({ returned: RpcData | null } | { failure: string });

export interface WorkerTarget extends Target, Ready {
  /** Settles with the exit code when the worker ends, for whatever reason. */
  readonly ended: Promise<number | null>;
  /**
   * Fires the trigger of a function, as the host does.
   * @throws Error when the function fails
   */
  invoke(name: string, trigger: RpcTrigger): Promise<RpcData | null>;
  /** Ends it as the host does. @throws Error when the worker had ended by itself, or said something unexpected */
  stop(): Promise<void>;
}

export interface WorkerOptions {
  /** Folder of the app; `dist` by default. */
  app?: string;
  /** Takes everything the app has said, at the end; by default it must have said nothing. */
  log?: (text: string) => void;
  /** Changes the copy of the app before it is loaded. */
  prepare?: (folder: string) => void;
}

/** How long a worker may take to end before the host kills it, in milliseconds. */
const patienceMs = 5000;

/**
 * Loads a copy of the built app as the Functions worker does, in a process of its own and with these settings alone.
 * The copy lies where no `node_modules` is near, so whatever the build left out shows.
 */
export async function openWorker(env: Record<string, string> = {}, options: WorkerOptions = {}): Promise<WorkerTarget> {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-worker-'));
  cpSync(options.app ?? 'dist', folder, { recursive: true });
  options.prepare?.(folder);

  const child = fork(resolve('test/worker/worker.ts'), {
    cwd: folder,
    env: { AZURE_FUNCTIONS_ENVIRONMENT: 'Development', FUNCTIONS_WORKER_RUNTIME: 'node', ...env },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr] as Socket[]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    stream.unref();
  }
  // A test that failed before it could stop the worker must not keep the others waiting: the worker ends with its parent.
  child.unref();
  child.channel?.unref();
  const ended = once(child, 'close').then(([code]) => {
    rmSync(folder, { recursive: true });
    return code as number | null;
  });

  const ready = await Promise.race([once(child, 'message'), ended]);
  if (!Array.isArray(ready)) throw new Error(`The worker did not start:\n${said}`);
  let count = 0;
  return {
    ...(ready[0] as Ready),
    ended,
    async invoke(name, trigger) {
      const id = (count += 1);
      const answered = new Promise<Invoked>((resolve) => {
        const read = (message: Invoked): void => {
          if (message.id !== id) return;
          child.off('message', read);
          resolve(message);
        };
        child.on('message', read);
      });
      child.send({ id, name, trigger } satisfies Order);
      const invoked = await Promise.race([answered, ended]);
      if (invoked === null || typeof invoked === 'number') throw new Error(`The worker has ended:\n${said}`);
      if ('failure' in invoked) throw new Error(invoked.failure);
      return invoked.returned;
    },
    async stop() {
      if (child.connected) child.send('terminate' satisfies Order, () => undefined);
      const impatience = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      const code = await ended;
      clearTimeout(impatience);
      if (code !== 0) throw new Error(`The worker ended with ${String(code)}:\n${said}`);
      if (options.log) options.log(said);
      else if (said !== '') throw new Error(`The worker said:\n${said}`);
    },
  };
}
