import { parseArgs } from 'node:util';

export const help = `Measures the product against a bare node:http server: npm run bench -- [options]

  --rounds n       pairs of slices, one on each server (default 9)
  --seconds n      seconds of load in one slice (2)
  --warm-up n      seconds of load on each server before the first round (3)
  --connections n  keep-alive connections, each with one request under way (64)
  --reads n        pairs of slices that read devices instead, 0 for none (9)
  --starts n       starts with a new and with an existing database, 0 for none (9)
  --cold-starts n  cold starts of each kind, paired with an empty app's, 0 for none (15)
  --profile dir    write CPU profiles of the product there and list where its time goes; the figures then say less
  --help           this text
`;

export interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly connections: number;
  readonly reads: number;
  readonly starts: number;
  readonly coldStarts: number;
  /** Folder for CPU profiles. */
  readonly profile: string | undefined;
  readonly help: boolean;
}

/** @throws Error saying which argument is wrong */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '9' },
      seconds: { type: 'string', default: '2' },
      'warm-up': { type: 'string', default: '3' },
      connections: { type: 'string', default: '64' },
      reads: { type: 'string', default: '9' },
      starts: { type: 'string', default: '9' },
      'cold-starts': { type: 'string', default: '15' },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const positive = (name: 'seconds' | 'warm-up'): number => {
    const number = Number(values[name]);
    if (number > 0 && number <= 3600) return number;
    throw new Error(`--${name} is '${values[name]}'; a number of seconds is expected.`);
  };
  const whole = (name: 'rounds' | 'connections' | 'reads' | 'starts' | 'cold-starts', least: number): number => {
    const number = Number(values[name]);
    if (Number.isInteger(number) && number >= least) return number;
    throw new Error(`--${name} is '${values[name]}'; a whole number from ${least} is expected.`);
  };
  return {
    rounds: whole('rounds', 1),
    seconds: positive('seconds'),
    warmUpSeconds: positive('warm-up'),
    connections: whole('connections', 1),
    reads: whole('reads', 0),
    starts: whole('starts', 0),
    coldStarts: whole('cold-starts', 0),
    profile: values.profile,
    help: values.help,
  };
}
