/** What clocks show somewhere, as a number: the milliseconds that UTC would have if its clocks showed the same. */
export interface TimeZone {
  toClock(instantMs: number): number;
  /** A time that is there twice is the first of them; one that is left out is as much later as the clocks are put forward. */
  toInstant(clockMs: number): number;
}

const utc: TimeZone = { toClock: (ms) => ms, toInstant: (ms) => ms };

const dayMs = 86_400_000;

/**
 * @param name such as `Europe/Berlin`
 * @throws RangeError for a name that is unknown
 */
export function timeZone(name: string): TimeZone {
  if (name === 'UTC') return utc;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const toClock = (instantMs: number): number => {
    const parts = Object.fromEntries(format.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) + (instantMs % 1000);
  };
  return {
    toClock,
    toInstant(clockMs) {
      const offsets = [clockMs - dayMs, clockMs + dayMs].map((near) => toClock(near) - near);
      const instants = offsets.map((offset) => clockMs - offset);
      const right = instants.filter((instant) => toClock(instant) === clockMs);
      return right.length > 0 ? Math.min(...right) : (instants[0] ?? clockMs);
    },
  };
}
