import type { Timer } from '@azure/functions';
import type { FunctionApp } from './register.ts';
import { toRun, type Run } from './run.ts';

/** Why a timer runs now. */
export interface TimerRun {
  /** It should have run earlier, when nothing ran at all; several missed runs are one. */
  readonly isPastDue: boolean;
  /** When it ran last; undefined when it never did, or when nobody remembers. */
  readonly last: Date | undefined;
  /** For when this run was planned; undefined when nobody remembers. */
  readonly next: Date | undefined;
}

/**
 * Registers a job that runs by the clock, one run at a time.
 * @param schedule NCRONTAB with seconds, `%SETTING%`, or `hh:mm:ss` between two runs; in UTC unless `TZ` is set
 * @param run its failure is logged, and the schedule goes on
 */
export function bindTimer(
  app: FunctionApp,
  name: string,
  schedule: string,
  run: (due: TimerRun, context: Run) => Promise<void>,
): void {
  app.timer(name, {
    schedule,
    handler: (timer, context) => run(toTimerRun(timer), toRun(context)),
  });
}

/** Without a memory the library gives null as status, whatever its type says. */
const toTimerRun = ({ isPastDue, scheduleStatus: status }: TimerInput): TimerRun => ({
  isPastDue,
  last: timeOf(status?.last),
  next: timeOf(status?.next),
});

type TimerInput = Pick<Timer, 'isPastDue'> & { scheduleStatus: Timer['scheduleStatus'] | null };

/** .NET has no missing time: it writes the first moment of the year 1. */
function timeOf(text: string | undefined): Date | undefined {
  const time = new Date(text ?? '');
  return time.getUTCFullYear() > 1 ? time : undefined;
}
