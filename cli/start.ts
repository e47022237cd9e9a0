import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs something of this project with the runtime of this process; @returns its exit code */
async function run(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  // A Ctrl-C reaches the child by itself; whoever ends only this process means the child.
  const stop = (): void => void child.kill('SIGTERM');
  const stay = (): void => undefined;
  process.on('SIGTERM', stop).on('SIGINT', stay);
  const [code] = (await once(child, 'exit')) as [number | null];
  process.off('SIGTERM', stop).off('SIGINT', stay);
  return code ?? 1;
}

/** What `npm start` gives to `node`: limits of its memory, and the file. */
function startArguments(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ').slice(1);
}

/** `device-registrar start`: builds the app and serves it on this machine, as `npm start` does. */
export async function start(args: readonly string[]): Promise<number> {
  const built = await run(['tools/build.ts']);
  return built === 0 ? run([...startArguments(), ...args]) : built;
}
