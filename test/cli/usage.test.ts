import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { duration } from '../../cli/words.ts';
import { runCommand, type Ended } from '../support/runCommand.ts';

const run = (...args: string[]): Promise<Ended> => runCommand(args, { cwd: tmpdir() });

test('command: --help tells every option and every exit code, and --version the version', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const [help, ofStart, told] = await Promise.all([
    run('register', '--help'),
    run('start', '--help'),
    run('--version'),
  ]);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  const page = readFileSync('docs/command.md', 'utf8');
  const options = [...help.stdout.matchAll(/^ {2}(--[\w-]+)/gm)].map(([, option]) => String(option));
  expect(options).toContain('--undo');
  expect(options.filter((option) => !page.includes(`\`${option}`))).toEqual([]);
  const codes = [...help.stdout.matchAll(/^ {2}(\d+) {2,}\S/gm)].map(([, code]) => code);
  expect(codes).toEqual(['0', '1', '2', '3', '130']);
  expect([...page.matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => code)).toEqual(codes);
  expect(ofStart.stdout).toContain('--https');
  expect(told.stdout).toBe(`${version}\n`);
});

test.each([
  [['register'], 'One thing at a time'],
  [['register', 'a.csv', '--job', '5d0c7a56-1f3e-4b8a-9c52-6e1f0a7b3c4d'], 'One thing at a time'],
  [['register', '--job', '7'], "'7' is no id of a job"],
  [['register', '--undo', '5d0c7a56-1f3e-4b8a-9c52-6e1f0a7b3c4d', '--dry-run'], '--dry-run belongs to a FILE'],
  [['register', 'a.csv', '--url', 'ftp://x'], "'ftp://x' is no address"],
  [['register', 'a.csv', '--url', 'https://devices.example'], 'needs a token'],
  [['register', 'a.csv', '--generate', 'name'], 'deviceId, key, or both'],
  [['register', 'a.csv', '--patience', 'long'], 'A whole number of seconds'],
  [['register', 'a.xlsx'], 'a.xlsx does not say how it is written'],
  [['register', 'no-such-file.csv'], 'no-such-file.csv cannot be read: ENOENT'],
  [['register', '--loudly'], "unknown option '--loudly'"],
  [['unregister'], "unknown command 'unregister'"],
])('command: %j is wrong use, which is told in a line and exit code 2', async (args, told) => {
  const { code, stdout, stderr } = await run(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(told);
  expect(stderr).not.toContain('    at ');
});

test('command: times are said as people say them', () => {
  expect([0.2, 59.4, 200, 3600 * 2 + 300].map(duration)).toEqual(['1 s', '59 s', '3 min 20 s', '2 h 5 min']);
});
