import { SingleBar } from 'cli-progress';
import { duration, number } from './words.ts';

/** How far something is. */
export interface Step {
  /** What is going on, such as `running`. */
  state: string;
  done: number;
  /** Undefined while nobody knows. */
  total: number | undefined;
  perSecond: number | undefined;
}

/** Shows people how far it is, on standard error: standard output is for what comes out. */
export interface Progress {
  show(step: Step): void;
  /** Says why it does not go on at the moment. */
  note(line: string): void;
  /** Leaves what was shown last. */
  stop(): void;
}

/** Lines about one state are so many milliseconds apart. */
const lineMs = 1000;

const silent: Progress = { show: () => undefined, note: () => undefined, stop: () => undefined };

/** A bar on a terminal; elsewhere lines, at most one a second; nothing when it is to be quiet. */
export function progress(unit: string, isQuiet: boolean): Progress {
  if (isQuiet) return silent;
  return process.stderr.isTTY ? bar(unit) : lines(unit);
}

function bar(unit: string): Progress {
  const shown = new SingleBar({
    format: `{state} {bar} {percentage} %  {count} ${unit}  {speed}`,
    hideCursor: true,
    // A Ctrl-C is answered by the command, with what to do next.
    gracefulExit: false,
    emptyOnZero: true,
    barsize: 30,
  });
  let isOn = false;
  return {
    show(step) {
      const payload = { state: step.state.padEnd(10), count: countOf(step), speed: speedOf(step) };
      if (!isOn) shown.start(step.total ?? 0, step.done, payload);
      isOn = true;
      shown.setTotal(step.total ?? 0);
      shown.update(step.done, payload);
    },
    note(line) {
      if (isOn) shown.update({ speed: firstLine(line) });
      else process.stderr.write(`${line}\n`);
    },
    stop() {
      if (isOn) shown.stop();
      isOn = false;
    },
  };
}

function lines(unit: string): Progress {
  let last: { key: string; at: number } = { key: '', at: 0 };
  const write = (key: string, line: string): void => {
    if (key !== last.key) process.stderr.write(`${line}\n`);
    last = { key, at: performance.now() };
  };
  return {
    show(step) {
      const isNews = !last.key.startsWith(`${step.state} `) || step.done === step.total;
      if (!isNews && performance.now() - last.at < lineMs) return;
      const speed = speedOf(step);
      const line = `${step.state}: ${countOf(step)} ${unit}${speed === '' ? '' : `, ${speed}`}`;
      write(`${step.state} ${step.done} ${String(step.total)}`, line);
    },
    note: (line) => write(line, line),
    stop: () => undefined,
  };
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';

const countOf = ({ done, total }: Step): string =>
  total === undefined ? number(done) : `${number(done)} of ${number(total)}`;

/** Rate and time left, as far as they are known. */
function speedOf({ done, total, perSecond }: Step): string {
  if (perSecond === undefined || perSecond <= 0) return '';
  const rate = `${number(Math.round(perSecond))} a second`;
  return total === undefined || done >= total ? rate : `${rate}, ${duration((total - done) / perSecond)} left`;
}
