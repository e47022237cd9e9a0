import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { deviceHead, deviceRows } from './deviceRows.ts';

const usage = `Usage: npm run make:devices -- [--rows N] [--out FILE] [--seed TEXT]

Writes a manifest of made-up devices in CSV, to try and to measure bulk registration with.

  --rows N     how many rows; default 1000
  --out FILE   default devices.csv
  --seed TEXT  the same text makes the same devices; default 'devices'
  --help       show this`;

const options = {
  rows: { type: 'string', default: '1000' },
  out: { type: 'string', default: 'devices.csv' },
  seed: { type: 'string', default: 'devices' },
  help: { type: 'boolean', default: false },
} as const;

/** Characters that are written at once: single rows would cost a call each. */
const writeLength = 64 * 1024;

function* inLargePieces(rows: Iterable<string>): Generator<string> {
  let piece = deviceHead;
  for (const row of rows) {
    piece += row;
    if (piece.length < writeLength) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

/** @returns the exit code: 0 all is well, 2 wrong use */
async function main(args: string[]): Promise<number> {
  const { rows, out, seed, help } = parseArgs({ args, options }).values;
  if (help) {
    console.log(usage);
    return 0;
  }
  if (!/^[1-9]\d{0,8}$/.test(rows)) {
    console.error(`--rows is '${rows}'; a whole number from 1 is expected.`);
    return 2;
  }
  await pipeline(inLargePieces(deviceRows(Number(rows), seed)), createWriteStream(out));
  console.log(`${out} holds ${rows} devices.`);
  return 0;
}

const isWrongUse = (thrown: unknown): thrown is Error =>
  thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('ERR_PARSE_ARGS');

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (thrown) {
  if (!isWrongUse(thrown)) throw thrown;
  console.error(`${thrown.message}\n\n${usage}`);
  process.exitCode = 2;
}
