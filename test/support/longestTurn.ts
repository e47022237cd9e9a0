/**
 * Runs work, and measures how long others had to wait for their turn meanwhile.
 * @returns the most time on the processor, in milliseconds, that the thread took between two turns of the event loop; what other
 *   processes take from it does not count
 */
export async function longestTurn(work: () => Promise<void>): Promise<number> {
  let longestMs = 0;
  let last = process.threadCpuUsage();
  const measure = (): void => {
    const { user, system } = process.threadCpuUsage(last);
    longestMs = Math.max(longestMs, (user + system) / 1000);
    last = process.threadCpuUsage();
  };
  let beat = setImmediate(function again() {
    measure();
    beat = setImmediate(again);
  });
  try {
    await work();
  } finally {
    clearImmediate(beat);
  }
  measure();
  return longestMs;
}
