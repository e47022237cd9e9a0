import { inspect } from 'node:util';
import type { TimerFunction } from '../app.ts';
import { LocalContext } from '../invocationContext.ts';
import { settlesWithin, type Clock, type Listener } from './listener.ts';
import type { Schedule } from './schedule.ts';
import { timeText, type TimerStatus, type TimerStatusStore } from './timerStatus.ts';

export interface TimerListenerOptions {
  readonly schedule: Schedule;
  readonly clock: Clock;
  /** Without it nothing is past due, and the function learns no times. */
  readonly store?: TimerStatusStore;
  readonly log: (line: string) => void;
}

/** Longest sleep in milliseconds: a machine that was asleep itself, or whose clock was set, notices within it. */
const maxSleepMs = 60_000;

/**
 * Runs a timer function whenever it is due, one run after the other.
 *
 * A run that was missed while no host ran is made up for at once, several of them by one, with `isPastDue`. What a run costs in time is
 * taken from the wait for the next one; a run that should have begun meanwhile begins when this one ends. A failure changes nothing.
 * Source: azure-webjobs-sdk-extensions src/WebJobs.Extensions/Extensions/Timers/Listener/TimerListener.cs
 */
export function timerListener(fn: TimerFunction, { schedule, clock, store, log }: TimerListenerOptions): Listener {
  const stopping = new AbortController();

  async function run(): Promise<void> {
    let status = await begin();
    if (clock.now() > status.next) status = await fire(status, 'pastDue');
    else if (fn.runOnStartup) status = await fire(status, 'startup');
    for (;;) {
      await sleepUntil(status.next);
      if (stopping.signal.aborted) return;
      status = await fire(status, 'due');
    }
  }

  /** Where the schedule stands; one that has changed since is not past due. */
  async function begin(): Promise<TimerStatus> {
    const now = clock.now();
    const known = await guarded('read', async () => store?.load());
    const since = known?.last ?? known?.lastUpdated ?? now;
    const expected = schedule.next(since);
    if (known?.next.getTime() === expected.getTime()) return known;
    const isOver = now > expected;
    const begun = {
      last: undefined,
      next: isOver ? schedule.next(now) : expected,
      lastUpdated: isOver ? now : since,
    };
    await guarded('written', async () => store?.save(begun));
    return begun;
  }

  async function fire(status: TimerStatus, reason: 'due' | 'pastDue' | 'startup'): Promise<TimerStatus> {
    if (stopping.signal.aborted) return status;
    const begun = clock.now();
    try {
      await fn.handler(timerInfo(status, reason === 'pastDue'), new LocalContext(fn.name, log));
    } catch (thrown) {
      log(`Function "${fn.name}" failed: ${inspect(thrown)}`);
    }
    // A clock that is a little slow must not make the same moment come twice.
    const at = reason === 'due' && status.next > begun ? status.next : begun;
    const done = { last: at, next: schedule.next(at), lastUpdated: at };
    await guarded('written', async () => store?.save(done));
    return done;
  }

  /** Keys as the library writes them. Source: `@azure/functions` src/InvocationModel.ts */
  const timerInfo = ({ last, next, lastUpdated }: TimerStatus, isPastDue: boolean) => ({
    schedule: { adjustForDST: schedule.adjustForDST },
    scheduleStatus: store ? { last: timeText(last), next: timeText(next), lastUpdated: timeText(lastUpdated) } : null,
    isPastDue,
  });

  async function sleepUntil(time: Date): Promise<void> {
    for (;;) {
      const leftMs = time.getTime() - clock.now().getTime();
      if (leftMs <= 0 || stopping.signal.aborted) return;
      await clock.sleep(Math.min(leftMs, maxSleepMs), stopping.signal);
    }
  }

  /** A schedule goes on also where its status cannot be kept. */
  async function guarded<T>(done: string, action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      log(`When "${fn.name}" has run could not be ${done}: ${String(error)}`);
      return undefined;
    }
  }

  const ended = run();
  return {
    stop(graceMs) {
      stopping.abort();
      return settlesWithin(graceMs, ended);
    },
  };
}
