import { StartError } from '../startError.ts';
import { nextMoment, parseNcrontab, type Ncrontab } from './ncrontab.ts';
import { parseTimeSpan } from './timeSpan.ts';
import { timeZone } from './timeZone.ts';

/** When a timer is due. */
export interface Schedule {
  next(after: Date): Date;
  /** Whether more than one run may fall into one minute; the time of such runs is not remembered. */
  readonly isFrequent: boolean;
  /** Whether runs keep to what clocks show when they are put forward or back. */
  readonly adjustForDST: boolean;
}

/**
 * @param text NCRONTAB with six fields or five, or a time such as `00:05:00` between two runs
 * @param zone whose clocks NCRONTAB is about
 * @throws StartError when it is neither
 */
export function readSchedule(text: string, zone = 'UTC'): Schedule {
  const fields = parseNcrontab(text);
  if (fields) return ncrontabSchedule(text, fields, zone);
  const everyMs = parseTimeSpan(text);
  if (everyMs === undefined || everyMs === 0) {
    throw new StartError(
      `the schedule "${text}" is neither NCRONTAB, such as "0 30 2 * * *", nor a time, such as "00:05:00"`,
    );
  }
  return {
    next: (after) => new Date(after.getTime() + everyMs),
    isFrequent: everyMs < 60_000,
    adjustForDST: false,
  };
}

function ncrontabSchedule(text: string, fields: Ncrontab, zone: string): Schedule {
  const { toClock, toInstant } = zoneOf(zone);
  if (nextMoment(fields, Date.UTC(2000)) === undefined) throw new StartError(`the schedule "${text}" never comes`);
  const adjustForDST = fields.hours.length < 24;
  return {
    next(after) {
      const afterMs = after.getTime();
      const clockMs = toClock(afterMs);
      if (!adjustForDST) {
        // What runs in every hour runs in the hour that is there twice as well: clocks go on as they do at this moment.
        return new Date(momentAfter(fields, clockMs) + afterMs - clockMs);
      }
      let moment = momentAfter(fields, clockMs);
      while (toInstant(moment) <= afterMs) moment = momentAfter(fields, moment);
      return new Date(toInstant(moment));
    },
    isFrequent: fields.seconds.length > 1,
    adjustForDST,
  };
}

function momentAfter(fields: Ncrontab, clockMs: number): number {
  const moment = nextMoment(fields, clockMs);
  if (moment === undefined) throw new RangeError('The schedule has come to its end.');
  return moment;
}

function zoneOf(name: string): ReturnType<typeof timeZone> {
  try {
    return timeZone(name);
  } catch {
    throw new StartError(`the time zone "${name}" is unknown`);
  }
}
