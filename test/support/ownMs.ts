/** From here on a time is looked at again, in milliseconds. */
const suspiciousMs = 25;

/**
 * The time that something takes by itself, in milliseconds. A long one is measured again, up to three times, and the shortest counts: what hangs
 * does so each time, and a pause of the garbage collector does not come back at the same place.
 */
export async function ownMs(measure: () => number | Promise<number>): Promise<number> {
  let shortest = await measure();
  for (let again = 0; shortest >= suspiciousMs && again < 3; again += 1) {
    shortest = Math.min(shortest, await measure());
  }
  return shortest;
}
