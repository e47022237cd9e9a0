import type { ColdStart } from './coldStart.ts';
import { shown, verdict } from './figures.ts';
import type { Pair } from './pairs.ts';
import type { Slice } from './slice.ts';
import type { Start, Starts } from './starts.ts';
import { median, middleHalf } from './statistics.ts';

/** The columns of the result. */
export const head = ['measure', 'bare', 'ours', 'ratio', 'middle half', 'bar', ''] as const;

type Row = readonly string[];

/** What of one slice is compared, and what is claimed about the ratio of ours to the bare one. */
interface Measure {
  readonly name: string;
  readonly of: (slice: Slice) => number;
  readonly unit: string;
  readonly digits: number;
  readonly bar?: { readonly text: string; readonly holds: (ratio: number) => boolean };
}

/** What is told of creates. */
export const createMeasures: readonly Measure[] = [
  {
    name: 'durable creates per second',
    of: ({ perSecond }) => perSecond,
    unit: '',
    digits: 0,
    bar: { text: '≥ 0.40', holds: (ratio) => ratio >= 0.4 },
  },
  {
    name: 'CPU per request',
    of: ({ cpuUsPerRequest }) => cpuUsPerRequest,
    unit: ' µs',
    digits: 1,
    bar: { text: '≤ 2.3', holds: (ratio) => ratio <= 2.3 },
  },
  { name: 'latency p50', of: ({ p50Ms }) => p50Ms, unit: ' ms', digits: 2 },
  {
    name: 'latency p99',
    of: ({ p99Ms }) => p99Ms,
    unit: ' ms',
    digits: 2,
    bar: { text: '≤ 6', holds: (ratio) => ratio <= 6 },
  },
  { name: 'latency max', of: ({ maxMs }) => maxMs, unit: ' ms', digits: 1 },
];

/** What is told of reads of one device. */
export const readMeasures: readonly Measure[] = [
  {
    name: 'reads per second',
    of: ({ perSecond }) => perSecond,
    unit: '',
    digits: 0,
    bar: { text: '≥ 0.30', holds: (ratio) => ratio >= 0.3 },
  },
  {
    name: 'CPU per read',
    of: ({ cpuUsPerRequest }) => cpuUsPerRequest,
    unit: ' µs',
    digits: 1,
    bar: { text: '≤ 3.3', holds: (ratio) => ratio <= 3.3 },
  },
];

/** One row for each measure of load: medians of both sides, median and spread of the ratios of all pairs. */
export const loadRows = (measures: readonly Measure[], pairs: readonly Pair[]): Row[] =>
  measures.map(({ name, of, unit, digits, bar }) => {
    const ratios = pairs.map(({ bare, ours }) => of(ours) / of(bare));
    const ratio = median(ratios);
    return [
      name,
      shown(median(pairs.map(({ bare }) => of(bare))), digits, unit),
      shown(median(pairs.map(({ ours }) => of(ours))), digits, unit),
      shown(ratio, 2),
      middleHalf(ratios)
        .map((value) => shown(value, 2))
        .join(' … '),
      bar?.text ?? '',
      verdict(ratio, bar?.holds),
    ];
  });

/** Readiness after a start: the bar is on the first answer. */
const readyBar = { text: '≤ 500 ms', holds: (ms: number) => ms <= 500 };

export function startRows({ withNew, withExisting, existingDevices, existingBytes }: Starts): Row[] {
  const existing = `${existingDevices} devices, ${Math.round(existingBytes / 1e6)} MB`;
  const row = (name: string, starts: readonly Start[], of: (start: Start) => number, bar?: typeof readyBar): Row => {
    const values = starts.map(of);
    return [
      name,
      '',
      shown(median(values), 0, ' ms'),
      '',
      middleHalf(values)
        .map((value) => shown(value, 0))
        .join(' … '),
      bar?.text ?? '',
      verdict(median(values), bar?.holds),
    ];
  };
  return [
    { name: 'new database', starts: withNew },
    { name: existing, starts: withExisting },
  ].flatMap(({ name, starts }) => [
    row(`start to first 201, ${name}`, starts, ({ answeredMs }) => answeredMs, readyBar),
    row('  to printed address', starts, ({ printedMs }) => printedMs),
    row('  CPU to first 201', starts, ({ cpuMs }) => cpuMs),
  ]);
}

/** What the first answer of a process may cost, told by its CPU time; the empty app stands where the bare server does above. */
const coldBar = { text: '≤ 1.4', holds: (ratio: number) => ratio <= 1.4 };

export const coldRows = (starts: readonly ColdStart[]): Row[] =>
  [...Map.groupBy(starts, ({ name }) => name)].map(([name, pairs]) => {
    const ratios = pairs.map(({ empty, ours }) => ours / empty);
    return [
      `cold start, ${name}`,
      shown(median(pairs.map(({ empty }) => empty)), 0, ' ms'),
      shown(median(pairs.map(({ ours }) => ours)), 0, ' ms'),
      shown(median(ratios), 2),
      middleHalf(ratios)
        .map((value) => shown(value, 2))
        .join(' … '),
      coldBar.text,
      verdict(median(ratios), coldBar.holds),
    ];
  });
