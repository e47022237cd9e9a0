import type { TimerFunction } from '../../../host/app.ts';
import type { Listener } from '../../../host/triggers/listener.ts';
import { readSchedule } from '../../../host/triggers/schedule.ts';
import { timerListener } from '../../../host/triggers/timer.ts';
import type { TimerStatus, TimerStatusStore } from '../../../host/triggers/timerStatus.ts';
import { manualClock, type ManualClock } from './manualClock.ts';

interface Opened {
  clock: ManualClock;
  listener: Listener;
  lines: string[];
}

const open = new Set<Listener>();
afterEach(async () => {
  for (const listener of open) await listener.stop(0);
  open.clear();
});

/** What the library hands to a handler of ours. */
interface Input {
  isPastDue: boolean;
  scheduleStatus: { last: string; next: string } | null;
}

/** A timer of one function on a clock of its own. */
function listen(
  schedule: string,
  start: string,
  handler: (input: Input, clock: ManualClock) => unknown,
  { store, ...rest }: Partial<TimerFunction> & { store?: TimerStatusStore } = {},
): Opened {
  const clock = manualClock(start);
  const lines: string[] = [];
  const fn: TimerFunction = {
    name: 'nightly',
    schedule,
    runOnStartup: false,
    useMonitor: true,
    handler: (input) => handler(input as Input, clock),
    ...rest,
  };
  const options = { schedule: readSchedule(schedule), clock, log: (line: string) => lines.push(line) };
  const listener = timerListener(fn, { ...options, ...(store && { store }) });
  open.add(listener);
  return { clock, listener, lines };
}

/** A store in memory; what is in it can be looked at. */
function memoryStatus(status?: TimerStatus): TimerStatusStore & { status: TimerStatus | undefined } {
  return {
    status,
    load() {
      return Promise.resolve(this.status);
    },
    save(saved) {
      this.status = saved;
      return Promise.resolve();
    },
  };
}

const at = (clock: ManualClock): string => clock.now().toISOString().slice(11, 19);

test('a timer runs when it is due, again and again, and not at the start', async () => {
  const runs: string[] = [];
  const { clock } = listen('0 */10 * * * *', '2026-01-01T00:05:00Z', (_input, now) => runs.push(at(now)));
  await clock.advanceTo('2026-01-01T00:09:59Z');
  expect(runs).toEqual([]);
  await clock.advanceTo('2026-01-01T00:30:00Z');
  expect(runs).toEqual(['00:10:00', '00:20:00', '00:30:00']);
});

test('runOnStartup: one run at the start, which is not past due, and then by the schedule', async () => {
  const runs: [string, boolean][] = [];
  const { clock } = listen(
    '0 */10 * * * *',
    '2026-01-01T00:05:00Z',
    ({ isPastDue }, now) => runs.push([at(now), isPastDue]),
    { runOnStartup: true },
  );
  await clock.advanceTo('2026-01-01T00:10:00Z');
  expect(runs).toEqual([
    ['00:05:00', false],
    ['00:10:00', false],
  ]);
});

test('a failure is logged, and the schedule goes on', async () => {
  let runs = 0;
  const { clock, lines } = listen('0 * * * * *', '2026-01-01T00:00:00Z', () => {
    runs += 1;
    throw new Error('boom');
  });
  await clock.advanceTo('2026-01-01T00:02:00Z');
  expect(runs).toBe(2);
  expect(lines).toEqual(Array(2).fill(expect.stringMatching(/^Function "nightly" failed: Error: boom/)));
});

test('runs never overlap: one that is overdue when the other ends begins then, and only one', async () => {
  const events: string[] = [];
  const { clock } = listen('0 */10 * * * *', '2026-01-01T00:05:00Z', async (_input, now) => {
    events.push(`begins ${at(now)}`);
    if (events.length === 1) await now.sleep(25 * 60_000, new AbortController().signal);
    events.push(`ends ${at(now)}`);
  });
  await clock.advanceTo('2026-01-01T00:40:00Z');
  expect(events).toEqual([
    'begins 00:10:00',
    'ends 00:35:00',
    'begins 00:35:00',
    'ends 00:35:00',
    'begins 00:40:00',
    'ends 00:40:00',
  ]);
});

describe('a timer whose status is kept', () => {
  const times = (last: string | undefined, next: string, lastUpdated: string): TimerStatus => ({
    last: last === undefined ? undefined : new Date(last),
    next: new Date(next),
    lastUpdated: new Date(lastUpdated),
  });

  test('plans its first run when it is new, and tells its function so', async () => {
    const store = memoryStatus();
    const seen: Input[] = [];
    const { clock } = listen('0 0 2 * * *', '2026-01-01T12:00:00Z', (input) => seen.push(input), { store });
    await clock.advanceTo('2026-01-01T12:00:00Z');
    expect(store.status).toEqual(times(undefined, '2026-01-02T02:00:00Z', '2026-01-01T12:00:00Z'));
    await clock.advanceTo('2026-01-02T02:00:00Z');
    expect(seen).toEqual([
      {
        schedule: { adjustForDST: true },
        scheduleStatus: {
          last: '0001-01-01T00:00:00',
          next: '2026-01-02T02:00:00.000Z',
          lastUpdated: '2026-01-01T12:00:00.000Z',
        },
        isPastDue: false,
      },
    ]);
    expect(store.status).toEqual(times('2026-01-02T02:00:00Z', '2026-01-03T02:00:00Z', '2026-01-02T02:00:00Z'));
  });

  test('makes up for all runs that were missed by one at the start, with isPastDue', async () => {
    const store = memoryStatus(times('2026-01-01T02:00:00Z', '2026-01-02T02:00:00Z', '2026-01-01T02:00:00Z'));
    const runs: [string, boolean][] = [];
    const { clock } = listen(
      '0 0 2 * * *',
      '2026-01-05T12:00:00Z',
      ({ isPastDue }, now) => runs.push([now.now().toISOString(), isPastDue]),
      { store },
    );
    await clock.advanceTo('2026-01-06T02:00:00Z');
    expect(runs).toEqual([
      ['2026-01-05T12:00:00.000Z', true],
      ['2026-01-06T02:00:00.000Z', false],
    ]);
  });

  test('is not past due when its first run never came before the host ended, unless its time is over', async () => {
    const store = memoryStatus(times(undefined, '2026-01-02T02:00:00Z', '2026-01-01T12:00:00Z'));
    const runs: boolean[] = [];
    const { clock, listener } = listen('0 0 2 * * *', '2026-01-01T13:00:00Z', ({ isPastDue }) => runs.push(isPastDue), {
      store,
    });
    await clock.advanceTo('2026-01-02T01:00:00Z');
    expect(runs).toEqual([]);
    await listener.stop(0);
    const later = listen('0 0 2 * * *', '2026-01-02T03:00:00Z', ({ isPastDue }) => runs.push(isPastDue), { store });
    await later.clock.advanceTo('2026-01-02T03:00:00Z');
    expect(runs).toEqual([true]);
  });

  test('whose schedule has changed is not past due, and follows the new one', async () => {
    const store = memoryStatus(times('2026-01-01T02:00:00Z', '2026-01-02T02:00:00Z', '2026-01-01T02:00:00Z'));
    const runs: string[] = [];
    const { clock } = listen('0 0 4 * * *', '2026-01-05T12:00:00Z', (_input, now) => runs.push(at(now)), { store });
    await clock.advanceTo('2026-01-05T12:00:00Z');
    expect(runs).toEqual([]);
    expect(store.status).toEqual(times(undefined, '2026-01-06T04:00:00Z', '2026-01-05T12:00:00Z'));
    await clock.advanceTo('2026-01-06T04:00:00Z');
    expect(runs).toEqual(['04:00:00']);
  });

  test('runs also where the status can be neither read nor written, and the log says so', async () => {
    const broken = { load: () => Promise.reject(new Error('gone')), save: () => Promise.reject(new Error('gone')) };
    let runs = 0;
    const { clock, lines } = listen('0 0 * * * *', '2026-01-01T00:30:00Z', () => (runs += 1), { store: broken });
    await clock.advanceTo('2026-01-01T01:00:00Z');
    expect(runs).toBe(1);
    expect(lines).toEqual([
      'When "nightly" has run could not be read: Error: gone',
      'When "nightly" has run could not be written: Error: gone',
      'When "nightly" has run could not be written: Error: gone',
    ]);
  });
});

test('without a store the function learns no times', async () => {
  const seen: unknown[] = [];
  const { clock } = listen('00:00:10', '2026-01-01T00:00:00Z', (input) => seen.push(input.scheduleStatus));
  await clock.advanceTo('2026-01-01T00:00:10Z');
  expect(seen).toEqual([null]);
});

test('a stop lets the run under way finish, within its grace, and nothing runs afterwards', async () => {
  const release = Promise.withResolvers<undefined>();
  let ended = 0;
  const { clock, listener } = listen('0 * * * * *', '2026-01-01T00:00:00Z', async () => {
    await release.promise;
    ended += 1;
  });
  await clock.advanceTo('2026-01-01T00:01:00Z');
  expect(await listener.stop(0)).toBe(false);
  const stopped = listener.stop(60_000);
  release.resolve(undefined);
  expect(await stopped).toBe(true);
  await clock.advanceTo('2026-01-01T00:05:00Z');
  expect(ended).toBe(1);
});
