import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand, type Ended } from '../support/runCommand.ts';
import { stubId, stubJob, stubJobs, type StubAnswer, type StubJobs } from '../support/stubJobs.ts';

let folder: string;
let stub: StubJobs | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'registrar-undo-'));
});
afterEach(async () => {
  await stub?.stop();
  rmSync(folder, { recursive: true });
});

const ended = { status: 'succeeded', endedDateTime: '2026-01-15T02:00:09Z' };
const row = (number: number, outcome: string): string =>
  `${JSON.stringify({ row: number, deviceId: `device-${number}`, outcome, id: `id-${number}`, message: null })}\n`;
const notThere: StubAnswer = [404, { error: { code: 'Request_ResourceNotFound', message: 'It does not exist.' } }];

const undo = async (answer: (request: string) => StubAnswer, args: readonly string[]): Promise<Ended> => {
  stub = await stubJobs(answer);
  return runCommand(['register', '--url', stub.base, '--undo', stubId, ...args], { cwd: folder });
};

/** A job that created devices 1 to 4 in two parts of its report, and found one unchanged; each device is another case. */
function directory(request: string): StubAnswer {
  const job = `GET /v1.0/registrationJobs/${stubId}`;
  const link = { Link: `<http://elsewhere.example${job.slice(4)}/results?$skiptoken=7>; rel="next"` };
  const answers: Record<string, StubAnswer> = {
    [job]: [200, stubJob({ ...ended, createdCount: 4, unchangedCount: 1 })],
    [`${job}/results`]: [200, row(1, 'created') + row(2, 'created') + row(5, 'unchanged'), link],
    [`${job}/results?$skiptoken=7`]: [200, row(3, 'created') + row(4, 'created')],
    'GET /v1.0/devices/id-1?$select=id,deviceId': [200, { id: 'id-1', deviceId: 'DEVICE-1' }],
    'DELETE /v1.0/devices/id-1': [204],
    'GET /v1.0/devices/id-3?$select=id,deviceId': [200, { id: 'id-3', deviceId: 'another' }],
    'GET /v1.0/devices/id-4?$select=id,deviceId': [200, { id: 'id-4', deviceId: 'device-4' }],
    'DELETE /v1.0/devices/id-4': [403, { error: { code: 'Authorization_RequestDenied', message: 'You may not.' } }],
  };
  return answers[request] ?? notThere;
}

test('command: --undo deletes what the job created and nothing else, and reports each device', async () => {
  const { code, stdout } = await undo(directory, ['--yes']);
  expect(code).toBe(1);
  expect(stdout).toMatch(/ {2}deleted +1\n {2}gone before +1\n {2}failed +2\n/);
  expect(stub?.asked.filter((request) => request.startsWith('DELETE'))).toEqual([
    'DELETE /v1.0/devices/id-1',
    'DELETE /v1.0/devices/id-4',
  ]);
  expect(stub?.asked.filter((request) => request.includes('id-5'))).toEqual([]);
  expect(readFileSync(join(folder, `${stubId}.undo.csv`), 'utf8').split('\r\n')).toEqual([
    'row,deviceId,id,outcome,message',
    '1,device-1,id-1,deleted,',
    '2,device-2,id-2,gone,',
    '3,device-3,id-3,failed,"The device has another deviceId now: another"',
    '4,device-4,id-4,failed,"403 Authorization_RequestDenied: You may not."',
    '',
  ]);
});

test('command: --undo without a terminal deletes nothing before --yes says so', async () => {
  const { code, stderr } = await undo(directory, []);
  expect(code).toBe(2);
  expect(stderr).toContain('--undo deletes 4 devices: --yes says that it may.');
  expect(stub?.asked).toEqual([`GET /v1.0/registrationJobs/${stubId}`]);
});

test('command: --undo of a job that goes on is refused', async () => {
  const { code, stderr } = await undo(() => [202, stubJob(), { 'Retry-After': '1' }], ['--yes']);
  expect(code).toBe(2);
  expect(stderr).toContain(`cancel it first (--cancel ${stubId})`);
});

test('command: --undo that loses the service reports what it has done, with exit code 3', async () => {
  const failing = (request: string): StubAnswer =>
    request === 'DELETE /v1.0/devices/id-1' ? [503] : directory(request);
  const { code, stderr } = await undo(failing, ['--yes', '--patience', '0']);
  expect(code).toBe(3);
  expect(stderr).toContain('cannot be reached: it answered 503');
  expect(readFileSync(join(folder, `${stubId}.undo.csv`), 'utf8')).toMatch(
    /\r\n1,device-1,id-1,failed,.*503.*\r\n2,.*gone/,
  );
});
