/** The fields of a schedule, each as the values that it lets through, in ascending order. */
export interface Ncrontab {
  readonly seconds: readonly number[];
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  /** January is 1. */
  readonly months: readonly number[];
  /** Sunday is 0. */
  readonly daysOfWeek: readonly number[];
}

interface Field {
  readonly first: number;
  readonly last: number;
  /** Of the values, beginning with the first. */
  readonly names: readonly string[];
}

const months = 'january february march april may june july august september october november december'.split(' ');
const daysOfWeek = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');

const fields: Readonly<Record<keyof Ncrontab, Field>> = {
  seconds: { first: 0, last: 59, names: [] },
  minutes: { first: 0, last: 59, names: [] },
  hours: { first: 0, last: 23, names: [] },
  days: { first: 1, last: 31, names: [] },
  months: { first: 1, last: 12, names: months },
  daysOfWeek: { first: 0, last: 6, names: daysOfWeek },
};

/**
 * Reads `{second} {minute} {hour} {day} {month} {day of week}`; without the second it is 0.
 *
 * Not cron: day and day of week must *both* fit, Sunday is 0 only, a range may be written backwards, and a name may be shortened.
 * @returns undefined when it is no such text
 * Source: github.com/atifaziz/NCrontab CrontabFieldImpl.cs and CrontabSchedule.cs
 */
export function parseNcrontab(text: string): Ncrontab | undefined {
  const parts = text.split(' ').filter((part) => part !== '');
  if (parts.length === 5) parts.unshift('0');
  if (parts.length !== 6) return undefined;
  const read = (Object.keys(fields) as (keyof Ncrontab)[]).map((name, index) => {
    return [name, valuesOf(parts[index] ?? '', fields[name])] as const;
  });
  return read.some(([, values]) => values === undefined)
    ? undefined
    : (Object.fromEntries(read) as unknown as Ncrontab);
}

/** The values of `*`, `3`, `3-7`, each with or without `/2`, or several with commas. */
function valuesOf(text: string, field: Field): readonly number[] | undefined {
  const found = new Set<number>();
  for (const item of text.split(',')) {
    const [, from = '', to, step] = /^([^-/]+)(?:-([^-/]+))?(?:\/(\d+))?$/.exec(item) ?? [];
    const start = from === '*' ? field.first : valueOf(from, field);
    const single = step === undefined ? start : field.last;
    const end = from === '*' ? field.last : to === undefined ? single : valueOf(to, field);
    if (start === undefined || end === undefined || (from === '*' && to !== undefined)) return undefined;
    for (let value = Math.min(start, end); value <= Math.max(start, end); value += Math.max(1, Number(step ?? 1))) {
      found.add(value);
    }
  }
  return [...found].sort((a, b) => a - b);
}

function valueOf(text: string, { first, last, names }: Field): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) >= first && Number(text) <= last ? Number(text) : undefined;
  const index = names.findIndex((name) => text !== '' && name.startsWith(text.toLowerCase()));
  return index === -1 ? undefined : first + index;
}

const dayMs = 86_400_000;

/** Every weekday of a 29 February comes within this many days, also across a century. */
const searchDays = 41 * 366;

/**
 * The first moment of the schedule after another one; both as if clocks showed UTC, in milliseconds.
 * @returns undefined when there is none, such as for 31 February
 */
export function nextMoment(schedule: Ncrontab, afterMs: number): number | undefined {
  const startMs = (Math.floor(afterMs / 1000) + 1) * 1000;
  const firstDay = Math.floor(startMs / dayMs) * dayMs;
  for (let day = firstDay; day < firstDay + searchDays * dayMs; day += dayMs) {
    const date = new Date(day);
    if (!schedule.months.includes(date.getUTCMonth() + 1)) continue;
    if (!schedule.days.includes(date.getUTCDate()) || !schedule.daysOfWeek.includes(date.getUTCDay())) continue;
    const second = firstSecond(schedule, day === firstDay ? (startMs - day) / 1000 : 0);
    if (second !== undefined) return day + second * 1000;
  }
  return undefined;
}

/** @param from seconds since midnight */
function firstSecond({ hours, minutes, seconds }: Ncrontab, from: number): number | undefined {
  for (const hour of hours) {
    if ((hour + 1) * 3600 <= from) continue;
    for (const minute of minutes) {
      const start = hour * 3600 + minute * 60;
      const second = seconds.find((value) => start + value >= from);
      if (second !== undefined) return start + second;
    }
  }
  return undefined;
}
