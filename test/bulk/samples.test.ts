import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readRight } from './read.ts';

const folder = mkdtempSync(join(tmpdir(), 'registrar-samples-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const make = (...args: string[]): Promise<{ stdout: string; stderr: string }> =>
  promisify(execFile)(process.execPath, ['tools/makeDevices.ts', ...args]);

test('samples/devices.csv is a manifest of a dozen right rows', async () => {
  const rows = await readRight(readFileSync('samples/devices.csv'));
  expect(rows).toHaveLength(12);
  expect(rows.filter(({ registeredUser }) => registeredUser !== undefined)).toHaveLength(7);
  expect(rows[7]?.device.alternativeSecurityIds).toHaveLength(2);
});

test('make:devices writes as many right rows as asked for, the same with the same seed', async () => {
  const [first, again, other] = ['first', 'again', 'other'].map((name) => join(folder, `${name}.csv`)) as [
    string,
    string,
    string,
  ];
  const { stdout } = await make('--rows', '2000', '--seed', 'a', '--out', first);
  expect(stdout).toBe(`${first} holds 2000 devices.\n`);
  await make('--rows', '2000', '--seed', 'a', '--out', again);
  await make('--rows', '2000', '--seed', 'b', '--out', other);
  const text = readFileSync(first, 'utf8');
  expect(readFileSync(again, 'utf8')).toBe(text);
  expect(readFileSync(other, 'utf8')).not.toBe(text);
  const rows = await readRight(text);
  expect(rows).toHaveLength(2000);
  expect(rows.some(({ registeredUser }) => registeredUser !== undefined)).toBe(true);
});

test.each([['--rows', '0'], ['--rows', 'many'], ['--columns'], ['extra']])(
  'make:devices says what is wrong with its arguments: %s %s',
  async (...args) => {
    await expect(make(...args.filter(Boolean))).rejects.toMatchObject({ code: 2 });
  },
);
