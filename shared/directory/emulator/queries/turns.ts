/** Milliseconds that queries may take of one turn of the event loop, more or less, however many of them run. */
export const sliceMs = 5;

const waiting: (() => void)[] = [];
/** When a query last went on; on the clock of `performance`. */
let began = -Infinity;

/** Lets everything else go first. Of the queries that wait here, one goes on in each turn of the event loop. */
export const turn = (): Promise<void> =>
  new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(goOn);
  });

function goOn(): void {
  began = performance.now();
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(goOn);
}

/** Whether it is time to let others go first; a query asks before each piece of its work, also before the first one. */
export const isTurnOver = (): boolean => performance.now() - began > sliceMs;
