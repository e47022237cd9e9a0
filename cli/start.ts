import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a file of this project with the runtime of this process; @returns its exit code */
async function run(file: string, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit' });
  // A Ctrl-C reaches the child by itself; whoever ends only this process means the child.
  const stop = (): void => void child.kill('SIGTERM');
  const stay = (): void => undefined;
  process.on('SIGTERM', stop).on('SIGINT', stay);
  const [code] = (await once(child, 'exit')) as [number | null];
  process.off('SIGTERM', stop).off('SIGINT', stay);
  return code ?? 1;
}

/** `device-registrar start`: builds the app and serves it on this machine, as `npm start` does. */
export async function start(args: readonly string[]): Promise<number> {
  const built = await run('tools/build.ts', []);
  return built === 0 ? run('.build/host/main.js', args) : built;
}
