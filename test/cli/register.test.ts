import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deviceHead, deviceRows } from '../../tools/deviceRows.ts';
import { jobClient } from '../support/jobClient.ts';
import { runCommand, type Ended, type RunOptions } from '../support/runCommand.ts';
import { endLeftOvers, startApp, type RunningApp } from '../support/startApp.ts';
import { unsignedToken } from '../support/tokens.ts';

let folder: string;
let app: RunningApp;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'registrar-cli-'));
  cpSync('host.json', join(folder, 'host.json'));
  cpSync('samples/devices.csv', join(folder, 'devices.csv'));
  app = await startApp({ LOCAL_STORAGE: 'azurite', EMULATOR_STORE: 'memory', BULK_MAX_UPLOAD_MB: '1' }, folder);
});
afterAll(async () => {
  await app.stop();
  endLeftOvers();
  rmSync(folder, { recursive: true });
});

/** Runs `register` against the app. */
const register = (args: readonly string[], options: Partial<RunOptions> = {}): Promise<Ended> =>
  runCommand(['register', ...args, '--url', app.base], { cwd: folder, ...options });

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const write = (name: string, rows: Iterable<string>): void =>
  writeFileSync(join(folder, name), deviceHead + [...rows].join(''));

test('command: the sample is registered, summed up and reported line by line, and again it is the same job', async () => {
  const first = await register(['devices.csv']);
  expect(first.code).toBe(0);
  expect(first.stdout).toMatch(/^Job [\da-f-]{36} succeeded in \d+ s\.\n/);
  expect(first.stdout).toMatch(
    / {2}created +12\n {2}unchanged +0\n {2}rejected +0\n {2}not attempted +0\n {2}rows +12\n/,
  );
  expect(first.stdout).toContain('Report: devices.report.csv');
  const [head, ...lines] = read('devices.report.csv').trim().split('\r\n');
  expect(head).toBe('row,deviceId,outcome,id,error,message,field');
  const deviceIds = read('devices.csv')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.slice(0, 36));
  expect(lines.map((line) => line.split(',').slice(0, 3))).toEqual(
    deviceIds.map((deviceId, index) => [String(index + 1), deviceId, 'created']),
  );

  const second = await register(['devices.csv', '--json']);
  expect(second.stderr).toContain('is about the same file');
  const { job, report } = JSON.parse(second.stdout) as { job: { id: string; createdCount: number }; report: string };
  expect(first.stdout).toContain(job.id);
  expect([job.createdCount, report]).toEqual([12, 'devices.report.csv']);

  const third = await register(['devices.csv', '--again', '--quiet', '--report', 'again.jsonl']);
  expect(third).toEqual({ code: 0, stdout: '', stderr: '' });
  const outcomes = read('again.jsonl')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { outcome: string }).outcome);
  expect(outcomes).toEqual(deviceIds.map(() => 'unchanged'));
});

test('command: a row that is wrong is exit code 1, a dry run writes nothing, and standard input is read', async () => {
  const [right = '', other = ''] = deviceRows(2, 'dry');
  const wrong = other.replace(/,(true|false),/, ',perhaps,');
  write('mixed.csv', [right, wrong]);
  const dry = await register(['mixed.csv', '--dry-run']);
  expect(dry.code).toBe(1);
  expect(dry.stdout).toMatch(/\(a dry run\) succeeded.*rejected +1\n {2}right, not written +1\n/s);
  const { status } = await jobClient(app.base).get(`/v1.0/devices(deviceId='${right.slice(0, 36)}')`);
  expect(status).toBe(404);

  const piped = await register(['-', '--report', 'piped.csv'], { input: deviceHead + right });
  expect(piped.code).toBe(0);
  expect(read('piped.csv')).toContain(`1,${right.slice(0, 36)},created,`);
});

test('command: after Ctrl-C the job goes on, and the id that was told leads to its report', async () => {
  write('many.csv', deviceRows(3000, 'many'));
  const interrupted = await register(['many.csv'], { interruptAt: 'registers many.csv' });
  expect(interrupted).toMatchObject({ code: 130, stdout: '' });
  const [, id = ''] = /--job ([\da-f-]{36})/.exec(interrupted.stderr) ?? [];
  expect(interrupted.stderr).toContain(`register --url ${app.base} --cancel ${id}`);

  const resumed = await register(['--job', id]);
  expect(resumed.code).toBe(0);
  expect(resumed.stdout).toMatch(/created +3,000\n/);
  expect(resumed.stderr).toMatch(/^succeeded: 3,000 of 3,000 rows, [\d,]+ a second$/m);
  // Elsewhere than on a terminal there are lines, and nothing that moves a cursor.
  // eslint-disable-next-line no-control-regex -- these are what must not be there
  expect(resumed.stderr).not.toMatch(/[\r\u001b]/);
  expect(read(`${id}.report.csv`).trim().split('\r\n')).toHaveLength(3001);
});

test('command: a job that is cancelled has ended when the command ends', async () => {
  write('cancelled.csv', deviceRows(3000, 'cancelled'));
  const { stderr } = await register(['cancelled.csv'], { interruptAt: 'registers cancelled.csv' });
  const [, id = ''] = /--cancel ([\da-f-]{36})/.exec(stderr) ?? [];
  const cancelled = await register(['--cancel', id, '--json', '--report', 'cancelled.report.csv']);
  expect(cancelled.code).toBe(0);
  const { job } = JSON.parse(cancelled.stdout) as {
    job: { status: string; createdCount: number; notAttemptedCount: number };
  };
  expect(['cancelled', 'succeeded']).toContain(job.status);
  expect(job.createdCount + job.notAttemptedCount).toBe(3000);
  expect((await register(['--job', id])).code).toBe(job.notAttemptedCount === 0 ? 0 : 1);
});

test('command: a manifest that is too large is refused with the way it can be registered', async () => {
  write('large.csv', deviceRows(9000, 'large'));
  const { code, stderr } = await register(['large.csv']);
  expect(code).toBe(2);
  expect(stderr).toContain('413 RequestEntityTooLarge');
  expect(stderr).toContain('cp large.csv .data/inbox/');
});

test('command: --undo deletes what a job created', async () => {
  write('undo.csv', deviceRows(20, 'undo'));
  const { job } = JSON.parse((await register(['undo.csv', '--json'])).stdout) as { job: { id: string } };
  const undone = await register(['--undo', job.id, '--yes']);
  expect(undone).toMatchObject({ code: 0, stdout: expect.stringMatching(/deleted +20\n/) as string });
});

test('command: what is no manifest is a job that failed, with exit code 3 and no report', async () => {
  writeFileSync(join(folder, 'wrong.csv'), 'name,colour\na,b\n');
  const { code, stdout } = await register(['wrong.csv']);
  expect(code).toBe(3);
  expect(stdout).toMatch(/^Job [\da-f-]{36} failed.*\n {2}\S+: .*deviceId/);
  expect(stdout).not.toContain('Report');
});

test('command: jobs of others and tokens that are refused are exit code 2', async () => {
  const { id } = await jobClient(app.base).start([{}]);
  const alex = unsignedToken({ scp: 'Directory.AccessAsUser.All', oid: randomUUID() });
  const other = await register(['--job', id], { env: { REGISTRAR_TOKEN: alex } });
  expect(other).toMatchObject({ code: 2, stderr: `There is no job ${id}, or it is somebody else's.\n` });
  const weak = unsignedToken({ scp: 'Device.Read', oid: randomUUID() });
  const refused = await register(['devices.csv', '--token', weak]);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('403 Authorization_RequestDenied');
  expect(refused.stderr).not.toContain(weak);
});
