import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand, type Ended } from '../support/runCommand.ts';
import { stubId, stubJob, stubJobs, type StubAnswer, type StubJobs } from '../support/stubJobs.ts';

let folder: string;
let stub: StubJobs | undefined;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'registrar-cli-service-'));
  writeFileSync(join(folder, 'devices.csv'), 'deviceId\n');
});
afterEach(() => stub?.stop());
afterAll(() => rmSync(folder, { recursive: true }));

const run = (args: readonly string[]): Promise<Ended> => runCommand(args, { cwd: folder });
const ended = stubJob({ status: 'succeeded', endedDateTime: '2026-01-15T02:00:09Z', createdCount: 4 });
const soon = { 'Retry-After': '0' };

test('command: a job that vanishes on the way is told plainly, with exit code 3', async () => {
  stub = await stubJobs((request): StubAnswer => (request.startsWith('POST') ? [202, stubJob(), soon] : [404]));
  const { code, stderr } = await run(['register', 'devices.csv', '--url', stub.base]);
  expect(code).toBe(3);
  expect(stderr).toContain(`Job ${stubId} has vanished`);
});

test('command: a service that restarts is waited for as long as it asks, and the manifest is sent again as the same job', async () => {
  const keys = new Set<string | undefined>();
  stub = await stubJobs(
    (request, count): StubAnswer => {
      if (count === 1) return [503, { error: { code: 'serviceNotAvailable', message: 'Not yet.' } }, soon];
      if (request.endsWith('/results')) return [200, 'row\r\n'];
      return request.startsWith('POST') ? [202, stubJob(), soon] : [200, ended];
    },
    (request) => keys.add(request.headers['idempotency-key'] as string | undefined),
  );
  const { code, stderr } = await run(['register', 'devices.csv', '--url', stub.base]);
  expect(code).toBe(0);
  expect(stderr).toContain('Waiting for the service: 503 serviceNotAvailable: Not yet.');
  expect(stub.asked.filter((request) => request.startsWith('POST'))).toHaveLength(2);
  expect([...keys].filter((key) => key !== undefined)).toEqual([expect.stringMatching(/^[\da-f]{64}$/)]);
  expect(readFileSync(join(folder, 'devices.report.csv'), 'utf8')).toBe('row\r\n');
});

test('command: a service that stays away is exit code 3, when nothing listens at once', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const { code, stderr } = await run(['register', 'devices.csv', '--url', `http://127.0.0.1:${port}`]);
  expect(code).toBe(3);
  expect(stderr).toContain('nothing listens there; `npm start` starts the app');

  stub = await stubJobs(() => [503]);
  const impatient = await run(['register', 'devices.csv', '--url', stub.base, '--patience', '0']);
  expect(impatient.code).toBe(3);
  expect(impatient.stderr).toContain(`${stub.base} cannot be reached: it answered 503`);
});

test('command: a service that refuses a job in the middle leaves the user with the way to go on', async () => {
  const expired: StubAnswer = [
    401,
    { error: { code: 'InvalidAuthenticationToken', message: 'The token has expired.' } },
  ];
  stub = await stubJobs((request): StubAnswer => (request.startsWith('POST') ? [202, stubJob(), soon] : expired));
  const { code, stderr } = await run(['register', 'devices.csv', '--url', stub.base]);
  expect(code).toBe(2);
  expect(stderr).toContain('401 InvalidAuthenticationToken: The token has expired.');
  expect(stderr).toContain(`register --url ${stub.base} --job ${stubId}`);
});

test('command: a report that cannot be written is one line', async () => {
  stub = await stubJobs((request): StubAnswer => (request.endsWith('/results') ? [200, 'row\r\n'] : [200, ended]));
  const { code, stderr } = await run([
    'register',
    '--job',
    stubId,
    '--url',
    stub.base,
    '--report',
    'no/such/folder.csv',
  ]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^The report cannot be written: ENOENT.*$/m);
  expect(stderr).not.toContain('    at ');
});
