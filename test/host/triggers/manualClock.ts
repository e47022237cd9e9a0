import type { Clock } from '../../../host/triggers/listener.ts';

export interface ManualClock extends Clock {
  /** Lets everything happen that is due until then, in its order. */
  advanceTo(time: string): Promise<void>;
}

/** A clock that stands still until a test moves it. */
export function manualClock(start: string): ManualClock {
  let nowMs = Date.parse(start);
  const sleepers = new Map<() => void, number>();
  return {
    now: () => new Date(nowMs),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const wake = (): void => {
          sleepers.delete(wake);
          resolve();
        };
        sleepers.set(wake, nowMs + ms);
        signal.addEventListener('abort', wake);
      }),
    async advanceTo(time) {
      const untilMs = Date.parse(time);
      for (;;) {
        await whatIsReady();
        const [first] = [...sleepers].filter(([, at]) => at <= untilMs).sort(([, a], [, b]) => a - b);
        if (!first) break;
        nowMs = Math.max(nowMs, first[1]);
        first[0]();
      }
      nowMs = untilMs;
      await whatIsReady();
    },
  };
}

/** Lets every promise go as far as it can without waiting for anything. */
async function whatIsReady(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
}
