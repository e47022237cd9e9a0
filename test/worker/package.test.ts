import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import extract from 'extract-zip';
import { send } from '../support/send.ts';
import { openWorker } from './openWorker.ts';

let folder: string;
let app: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'registrar-package-'));
  app = join(folder, 'app');
  pack('once.zip');
  await extract(join(folder, 'once.zip'), { dir: app });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function pack(name: string): void {
  const { status, stderr } = spawnSync(process.execPath, ['tools/package.ts', '--out', join(folder, name)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}

test('the package has less than 5 MB, and is the same whenever it is made', () => {
  expect(statSync(join(folder, 'once.zip')).size).toBeLessThan(5_000_000);
  pack('twice.zip');
  expect(readFileSync(join(folder, 'twice.zip')).equals(readFileSync(join(folder, 'once.zip')))).toBe(true);
});

test('the package holds built files, what describes the app, and the notices of all that is in it', () => {
  const files = readdirSync(app, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(app, join(parentPath, name)));
  const built = files.filter((name) => name.endsWith('.js'));
  expect(built).toContain('main.js');
  const others = files.filter((name) => !name.endsWith('.js') && !name.startsWith('pages/'));
  expect(others.toSorted()).toEqual(['THIRD-PARTY-NOTICES.txt', 'host.json', 'package.json']);
  expect(files).toEqual(expect.arrayContaining(['pages/index.html', 'pages/LICENSE', 'pages/NOTICE']));
  const notices = readFileSync(join(app, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
  expect(notices).toMatch(/^@azure\/functions \d.*\(MIT\)\n-+\n[^]*?Permission is hereby granted/m);
  expect(notices).toMatch(/^jose \d/m);
});

test('the package starts as Azure starts it, and says that it serves', async () => {
  const worker = await openWorker({ EMULATOR_STORE: 'memory' }, { app });
  const { status, text } = await send(worker.base, { method: 'GET', path: '/health' });
  expect({ status, text }).toEqual({ status: 200, text: '{"live":true,"ready":true}' });
  await worker.stop();
});

test('the package starts with the settings of a deployment, and lets nobody in without a token', async () => {
  const id = '8d6c5b4a-3f2e-4d1c-9b0a-1f2e3d4c5b6a';
  const worker = await openWorker(
    {
      AZURE_FUNCTIONS_ENVIRONMENT: 'Production',
      AUTH_MODE: 'entra',
      DIRECTORY_MODE: 'graph',
      ENTRA_AUDIENCES: `${id},api://${id}/device-registrar`,
      ENTRA_TENANT_IDS: id,
      GRAPH_CLIENT_ID: id,
      GRAPH_CREDENTIAL: 'onBehalfOf',
      GRAPH_MANAGED_IDENTITY_CLIENT_ID: id,
      GRAPH_TENANT_ID: id,
    },
    { app },
  );
  expect((await send(worker.base, { method: 'GET', path: '/health' })).status).toBe(200);
  expect((await send(worker.base, { method: 'GET', path: '/v1.0/me' })).status).toBe(401);
  await worker.stop();
});
