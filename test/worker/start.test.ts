import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allMethods } from '../../functions/bindings/methods.ts';
import { linuxBox } from '../support/devices.ts';
import { send } from '../support/send.ts';
import { openWorker } from './openWorker.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'registrar-worker-data-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const json = { authorization: 'Bearer adele', 'content-type': 'application/json' };

const create = (base: string): Promise<{ status: number; text: string }> =>
  send(base, { method: 'POST', path: '/v1.0/devices', headers: json, body: JSON.stringify(linuxBox()) });

/** Starts an app that must refuse to serve; @returns what the log said of it */
async function refusal(env: Record<string, string>): Promise<string> {
  let said = '';
  const worker = await openWorker(env, { log: (text) => (said = text) });
  for (const path of ['/health', '/v1.0/devices', '/v1.0/me/registeredDevices', '/', '/a/b/c']) {
    for (const method of allMethods) {
      const answer = await send(worker.base, { method, path, headers: json, body: '' });
      expect(answer).toMatchObject({ status: 503, headers: { 'content-type': 'application/json' } });
      expect(answer.headers).not.toHaveProperty('transfer-encoding');
      if (method === 'HEAD') continue;
      expect(JSON.parse(answer.text)).toEqual({
        error: {
          code: 'serviceNotAvailable',
          message: 'The service is not available: it could not start.',
          innerError: {
            date: expect.any(String) as string,
            'request-id': answer.headers['request-id'],
            'client-request-id': answer.headers['client-request-id'],
          },
        },
      });
    }
  }
  await worker.stop();
  return said;
}

describe('an app that must not serve answers 503 to everything, and only the log tells why', () => {
  test('outside a developer’s machine: neither believes any token nor keeps a directory of its own', async () => {
    const said = await refusal({ AZURE_FUNCTIONS_ENVIRONMENT: 'Production' });
    expect(said).toContain('AUTH_MODE=emulator believes any token');
    expect(said).toContain('EMULATOR_STORE=sqlite is for local use only');
  });

  test('where nothing says which environment it is', async () => {
    expect(await refusal({ AZURE_FUNCTIONS_ENVIRONMENT: '' })).toContain('AUTH_MODE=emulator');
  });

  test('with settings that are malformed: all of them are named', async () => {
    expect(await refusal({ CONTRACT: 'x', PUBLIC_BASE_URL: 'y' })).toMatch(
      /CONTRACT is 'x'.*\n.*PUBLIC_BASE_URL is 'y'/,
    );
  });

  test('with a damaged database', async () => {
    writeFileSync(join(folder, 'directory.db'), 'x'.repeat(10_000));
    expect(await refusal({ DATA_DIR: folder })).toMatch(/database \S+directory\.db cannot be used: it is damaged/);
  });
});

test('the end of the worker closes the database, which the next worker then goes on with', async () => {
  const env = { DATA_DIR: folder };
  const worker = await openWorker(env);
  const { status, text } = await create(worker.base);
  expect(status).toBe(201);
  await worker.stop();
  expect(existsSync(join(folder, 'directory.db'))).toBe(true);
  expect(existsSync(join(folder, 'directory.db-wal'))).toBe(false);

  const { id } = JSON.parse(text) as { id: string };
  const next = await openWorker(env);
  const found = await send(next.base, { method: 'GET', path: `/v1.0/devices/${id}`, headers: json });
  expect(found.status).toBe(200);
  await next.stop();
});
