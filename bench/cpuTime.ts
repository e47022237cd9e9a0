import { readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second (`USER_HZ`) on every platform that Node has. */
const tickMs = 10;

/**
 * CPU time of a process and all its threads, user and system, in milliseconds.
 * @returns NaN where there is no /proc: every figure that follows is NaN as well, and shown as not measured
 */
export function cpuTimeMs(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the program's name in parentheses and may hold anything; utime and stime are 14th and 15th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * tickMs;
  } catch {
    return NaN;
  }
}
