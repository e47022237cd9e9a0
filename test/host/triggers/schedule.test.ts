import { readSchedule } from '../../../host/triggers/schedule.ts';
import { StartError } from '../../../host/startError.ts';

/** The next times of a schedule. */
function times(text: string, from: string, count: number, zone?: string): string[] {
  const schedule = readSchedule(text, zone);
  const found: string[] = [];
  for (let time = new Date(from); found.length < count; found.push(time.toISOString().replace('.000Z', 'Z'))) {
    time = schedule.next(time);
  }
  return found;
}

test.each([
  ['0 */5 * * * *', '2026-01-01T00:00:00Z', ['2026-01-01T00:05:00Z', '2026-01-01T00:10:00Z']],
  ['*/5 * * * *', '2026-01-01T00:58:30.5Z', ['2026-01-01T01:00:00Z', '2026-01-01T01:05:00Z']],
  ['30 15 9-11 * * *', '2026-01-01T11:15:30Z', ['2026-01-02T09:15:30Z', '2026-01-02T10:15:30Z']],
  ['0,20 0 0 1 * *', '2026-01-31T12:00:00Z', ['2026-02-01T00:00:00Z', '2026-02-01T00:00:20Z']],
  ['0 0 0 31 * *', '2026-02-01T00:00:00Z', ['2026-03-31T00:00:00Z', '2026-05-31T00:00:00Z']],
  ['0 0 0 29 2 *', '2096-03-01T00:00:00Z', ['2104-02-29T00:00:00Z']],
  ['0 0 6 * jan mon-fri', '2026-01-02T07:00:00Z', ['2026-01-05T06:00:00Z']],
  ['0 0 6 * March SUN', '2026-01-01T00:00:00Z', ['2026-03-01T06:00:00Z']],
  ['0 10/20 * * * *', '2026-01-01T00:00:00Z', ['2026-01-01T00:10:00Z', '2026-01-01T00:30:00Z', '2026-01-01T00:50:00Z']],
  ['  0  0 0 * *  * ', '2026-01-01T00:00:00Z', ['2026-01-02T00:00:00Z']],
])('schedule %j after %s comes at %j', (text, from, expected) => {
  expect(times(text, from, expected.length)).toEqual(expected);
});

test('a schedule with a day and a day of week comes when both fit, unlike in cron', () => {
  expect(times('0 0 12 13 * 5', '2026-01-01T00:00:00Z', 2)).toEqual(['2026-02-13T12:00:00Z', '2026-03-13T12:00:00Z']);
});

test('a range that is written backwards is the same range', () => {
  expect(times('0 0 3-1 * * *', '2026-01-01T00:00:00Z', 3)).toEqual(times('0 0 1-3 * * *', '2026-01-01T00:00:00Z', 3));
});

test.each([
  ['00:00:30', '2026-01-01T00:00:00Z', '2026-01-01T00:00:30Z'],
  ['1.02:00', '2026-01-01T00:00:00Z', '2026-01-02T02:00:00Z'],
])('a schedule %j is a time between two runs', (text, from, expected) => {
  expect(times(text, from, 1)).toEqual([expected]);
});

test.each(['', '* * *', '60 * * * * *', '0 0 0 * * 7', '0 0 0 0 * *', 'H * * * *', '0 0 0 L * *', '? * * * * *'])(
  'a schedule %j is refused',
  (text) => {
    expect(() => readSchedule(text)).toThrow(StartError);
  },
);

test.each(['@daily', '1, * * * * *', '*-3 * * * * *', '0 0 0 * foo *', '0 1-2-3 * * * *', '00:00:00', '24:00:00'])(
  'a schedule %j is refused as well',
  (text) => {
    expect(() => readSchedule(text)).toThrow(`the schedule "${text}" is neither NCRONTAB`);
  },
);

test('a schedule that never comes and a time zone that is unknown are refused', () => {
  expect(() => readSchedule('0 0 0 31 2 *')).toThrow('the schedule "0 0 0 31 2 *" never comes');
  expect(() => readSchedule('0 0 0 * * *', 'Europe/Nowhere')).toThrow('the time zone "Europe/Nowhere" is unknown');
});

describe('in a time zone', () => {
  const berlin = 'Europe/Berlin';

  test('a schedule is about what clocks show there', () => {
    expect(times('0 30 2 * * *', '2026-01-15T12:00:00Z', 1, berlin)).toEqual(['2026-01-16T01:30:00Z']);
    expect(times('0 30 2 * * *', '2026-07-15T12:00:00Z', 1, berlin)).toEqual(['2026-07-16T00:30:00Z']);
  });

  test('a time that is left out in spring comes once, an hour later', () => {
    expect(times('0 30 2 * * *', '2026-03-28T12:00:00Z', 2, berlin)).toEqual([
      '2026-03-29T01:30:00Z',
      '2026-03-30T00:30:00Z',
    ]);
  });

  test('a time that is there twice in autumn comes once', () => {
    expect(times('0 30 2 * * *', '2026-10-24T12:00:00Z', 2, berlin)).toEqual([
      '2026-10-25T00:30:00Z',
      '2026-10-26T01:30:00Z',
    ]);
  });

  test('what runs in every hour runs on through both changes', () => {
    expect(times('0 0 * * * *', '2026-10-24T23:30:00Z', 4, berlin)).toEqual([
      '2026-10-25T00:00:00Z',
      '2026-10-25T01:00:00Z',
      '2026-10-25T02:00:00Z',
      '2026-10-25T03:00:00Z',
    ]);
    expect(times('0 0 * * * *', '2026-03-29T00:30:00Z', 2, berlin)).toEqual([
      '2026-03-29T01:00:00Z',
      '2026-03-29T02:00:00Z',
    ]);
  });
});

test.each([
  ['*/30 * * * * *', true],
  ['0 * * * * *', false],
  ['00:00:59', true],
  ['00:01:00', false],
])('schedule %j: more than one run a minute is %s', (text, isFrequent) => {
  expect(readSchedule(text).isFrequent).toBe(isFrequent);
});
