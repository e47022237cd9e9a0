import { mkdtempSync, cpSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linuxBox } from '../support/devices.ts';
import { send, type Answer } from '../support/send.ts';
import { endLeftOvers, startApp } from '../support/startApp.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'registrar-log-'));
  cpSync('host.json', join(folder, 'host.json'));
});
afterEach(() => {
  endLeftOvers();
  rmSync(folder, { recursive: true });
});

const headers = { authorization: 'Bearer adele', 'content-type': 'application/json' };

/** Starts the app, asks three things of it and stops it; @returns the answers, and what is printed after the welcome, but for the lines of the host. */
async function play(env: Record<string, string>): Promise<{ answers: Answer[]; printed: string[] }> {
  const app = await startApp({ EMULATOR_STORE: 'memory', ...env }, folder);
  const body = JSON.stringify(linuxBox());
  const answers = [
    await send(app.base, { method: 'POST', path: '/v1.0/devices', headers, body }),
    await send(app.base, { method: 'GET', path: '/v1.0/users/grady@contoso.com/registeredDevices?$top=1', headers }),
    await send(app.base, { method: 'GET', path: '/v1.0/nothing', headers }),
  ];
  await app.stop();
  const [, after = ''] = app.output().split(/\n\n(?=Function)/);
  const ofHost = /^(Function|Stopping)|^$/;
  return { answers, printed: after.split('\n').filter((line) => !ofHost.test(line)) };
}

test('npm start prints one line for each request, which a person can read, with its request id', async () => {
  const { answers, printed } = await play({});
  const [created, listed, unmatched] = answers.map((answer) => String(answer.headers['request-id']));
  expect(printed).toEqual([
    expect.stringMatching(
      new RegExp(
        `^\\d\\d:\\d\\d:\\d\\d\\.\\d{3}  201  POST /v1.0/devices  createDevice  [\\d.]+ ms  request ${String(created)}$`,
      ),
    ),
    expect.stringMatching(
      new RegExp(
        `  200  GET /v1.0/users/\\[name\\]/registeredDevices  listUserRegisteredDevices  [\\d.]+ ms  request ${String(listed)}$`,
      ),
    ),
    expect.stringMatching(
      new RegExp(`  400 BadRequest  GET /v1.0/nothing  zUnmatched  [\\d.]+ ms  request ${String(unmatched)}$`),
    ),
  ]);
});

test('names of people are printed where they are wanted', async () => {
  const { printed } = await play({ TELEMETRY_PERSONAL_DATA: 'full' });
  expect(printed[1]).toContain('GET /v1.0/users/grady@contoso.com/registeredDevices ');
});

test('LOG_FORMAT=json prints JSON, one object a line', async () => {
  const { answers, printed } = await play({ LOG_FORMAT: 'json' });
  const objects = printed.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(objects.map(({ requestId }) => requestId)).toEqual(answers.map((answer) => answer.headers['request-id']));
  const { id, deviceId } = JSON.parse(String(answers[0]?.text)) as { id: string; deviceId: string };
  expect(objects[0]).toMatchObject({
    operation: 'createDevice',
    method: 'POST',
    path: '/v1.0/devices',
    status: 201,
    outcome: 'succeeded',
    callerKind: 'user',
    objectId: id,
    deviceId,
    calls: 0,
  });
  expect(objects[2]).toMatchObject({ operation: 'zUnmatched', status: 400, outcome: 'refused', code: 'BadRequest' });
  expect(new Date(String(objects[0]?.time)).getTime()).toBeGreaterThan(Date.now() - 60_000);
});

test('LOG_FORMAT=none prints nothing about requests', async () => {
  expect((await play({ LOG_FORMAT: 'none' })).printed).toEqual([]);
});
