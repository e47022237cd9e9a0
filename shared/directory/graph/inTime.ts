import { unavailable } from './tokenErrors.ts';

/** Seconds after which a token may be there that was asked for in vain. */
const retryAfterS = 5;

/**
 * A token, if it is there before its request must be answered. Whoever is still being asked goes on, for the next one.
 * @param deadline on the clock of `performance.now()`
 * @throws GraphError serviceNotAvailable, or whatever `token` is rejected with
 */
export async function inTime(token: Promise<string>, deadline: number): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    const cause = new Error('No token came within the time of the request.');
    const error = unavailable(cause, retryAfterS);
    timer = setTimeout(() => reject(error), Math.max(0, deadline - performance.now()));
  });
  try {
    return await Promise.race([token, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
