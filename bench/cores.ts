import { spawnSync } from 'node:child_process';

/** Which core the servers share, and which one is the client's. */
export interface Cores {
  readonly server: number;
  readonly client: number;
}

/** Two of the cores that this process may use; undefined without `taskset` (Linux) or a second core. */
export function findCores(): Cores | undefined {
  const { stdout, status } = spawnSync('taskset', ['-cp', String(process.pid)], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  const [server, client] = listed(stdout.slice(stdout.lastIndexOf(':') + 1));
  return server === undefined || client === undefined ? undefined : { server, client };
}

/** Reads a list such as `0,2-5`. */
const listed = (text: string): number[] =>
  text.split(',').flatMap((range) => {
    const [first = NaN, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });

/** The command line that runs a command on one core; the same one when there is none. */
export const onCore = (core: number | undefined, command: [string, ...string[]]): [string, ...string[]] =>
  core === undefined ? command : ['taskset', '-c', String(core), ...command];
