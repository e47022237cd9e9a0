import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linuxBox } from '../support/devices.ts';
import { endLeftOvers, failToStart, startApp } from '../support/startApp.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'registrar-start-'));
  cpSync('host.json', join(folder, 'host.json'));
});
afterEach(() => {
  endLeftOvers();
  rmSync(folder, { recursive: true });
});

const post = (base: string, body: object): Promise<Response> =>
  fetch(`${base}/v1.0/devices`, {
    method: 'POST',
    headers: { authorization: 'Bearer adele', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test('the app prints address, explorer, mode, store and a request to try, and keeps its data in DATA_DIR', async () => {
  const app = await startApp({}, folder);
  const { id } = (await (await post(app.base, linuxBox())).json()) as { id: string };
  expect(await app.stop()).toBe(0);
  expect(
    app
      .output()
      .split('\n')
      .filter((line) => line.includes('listens on')),
  ).toHaveLength(1);
  expect(app.output()).toContain('emulator, kept in SQLite in .data');
  expect(app.output()).toContain(`curl ${app.base}/v1.0/devices`);
  expect(app.output()).toContain(`explorer   ${app.base}/`);

  const again = await startApp({}, folder);
  const found = await fetch(`${again.base}/v1.0/devices/${id}`, { headers: { authorization: 'Bearer adele' } });
  expect(found.status).toBe(200);
  expect(await again.stop('SIGINT')).toBe(0);
});

test('the request to try works as it is printed', async () => {
  const app = await startApp({ EMULATOR_STORE: 'memory' }, folder);
  const [, body = ''] = /-d '(.*)'/.exec(app.output()) ?? [];
  expect((await post(app.base, JSON.parse(body) as object)).status).toBe(201);
  await app.stop();
});

test('local.settings.json sets what the environment does not', async () => {
  writeFileSync(
    join(folder, 'local.settings.json'),
    JSON.stringify({
      IsEncrypted: false,
      Values: { CONTRACT: 'current', EMULATOR_STORE: 'sqlite' },
      Host: { LocalHttpPort: 1 },
    }),
  );
  const app = await startApp({ EMULATOR_STORE: 'memory' }, folder);
  expect(app.output()).toContain('current');
  expect(app.output()).toContain('memory');
  await app.stop();
});

test('a request in flight when the signal comes is answered, and then the app ends with exit code 0', async () => {
  const app = await startApp({ EMULATOR_STORE: 'memory' }, folder);
  const body = JSON.stringify(linuxBox());
  const { hostname, port } = new URL(app.base);
  const answered = new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        `POST /v1.0/devices HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer adele\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 20)}`,
      );
      setTimeout(() => socket.write(body.slice(20)), 600);
    });
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('close', () => resolve(text)).on('error', reject);
  });
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await app.stop()).toBe(0);
  expect(await answered).toMatch(/^HTTP\/1\.1 201 Created/);
});

test('what was registered for a user is there after kill -9', async () => {
  const app = await startApp({ DATA_DIR: folder }, folder);
  const headers = { authorization: 'Bearer adele', 'content-type': 'application/json' };
  const body = '{"deletedDateTime":"2017-01-01T00:00:34.0507931+03:00"}';
  const created = await fetch(`${app.base}/v1.0/me/registeredDevices/$ref`, { method: 'POST', headers, body });
  const { id } = (await created.json()) as { id: string };
  await app.stop('SIGKILL');
  const again = await startApp({ DATA_DIR: folder }, folder);
  const { value } = (await (await fetch(`${again.base}/v1.0/me/registeredDevices`, { headers })).json()) as {
    value: unknown;
  };
  expect(value).toEqual([{ '@odata.type': '#microsoft.graph.directoryObject', id, ...(JSON.parse(body) as object) }]);
  await again.stop();
});

test('several apps that start at once on a new folder share one directory', async () => {
  const apps = await Promise.all(Array.from({ length: 3 }, () => startApp({ DATA_DIR: folder }, folder)));
  const ids = await Promise.all(
    apps.map(async (app) => ((await (await post(app.base, linuxBox())).json()) as { id: string }).id),
  );
  for (const id of ids) {
    const found = await fetch(`${String(apps[0]?.base)}/v1.0/devices/${id}`, {
      headers: { authorization: 'Bearer adele' },
    });
    expect(found.status).toBe(200);
  }
  expect(await Promise.all(apps.map((app) => app.stop()))).toEqual([0, 0, 0]);
});

test('a port in use is one clear line and exit code 1', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const failed = await failToStart({ PORT: String(port) }, folder);
  expect(failed).toMatchObject({ code: 1, stdout: '' });
  expect(failed.stderr.trim().split('\n')).toHaveLength(1);
  expect(failed.stderr).toContain(String(port));
  other.close();
});

test('bad settings are named all at once, with exit code 1', async () => {
  const failed = await failToStart({ PORT: 'x', CONTRACT: 'y', DIRECTORY_MODE: 'graph' }, folder);
  expect(failed.code).toBe(1);
  expect(failed.stderr).toMatch(/^PORT is .*\nCONTRACT is .*\nAUTH_MODE=emulator .*/);
});

test('a start that is refused shows nothing of what may be a secret in the wrong setting', async () => {
  const secret = 'Q~7fW8sesame';
  const failed = await failToStart(
    {
      DIRECTORY_MODE: 'graph',
      AUTH_MODE: 'entra',
      GRAPH_CREDENTIAL: 'clientCertificate',
      GRAPH_CLIENT_CERTIFICATE_PATH: `-----BEGIN PRIVATE KEY-----${secret}`,
      GRAPH_CLIENT_ID: secret,
      GRAPH_TENANT_ID: secret,
      GRAPH_CLIENT_SECRET: secret,
      ENTRA_TENANT_IDS: secret,
    },
    folder,
  );
  expect(failed).toMatchObject({ code: 1, stdout: '' });
  expect(failed.stderr).toMatch(/^GRAPH_CLIENT_CERTIFICATE_PATH names a file that cannot be used/m);
  expect(failed.stderr).not.toContain('sesame');
});

test('a bad host.json is one clear line and exit code 1', async () => {
  writeFileSync(join(folder, 'host.json'), '{ "version": "2.0", ');
  const failed = await failToStart({}, folder);
  expect(failed.code).toBe(1);
  expect(failed.stderr.trim().split('\n')).toHaveLength(1);
  expect(failed.stderr).toContain('host.json');
});

test('a damaged database is one clear line and exit code 1', async () => {
  const app = await startApp({ DATA_DIR: folder }, folder);
  await app.stop();
  writeFileSync(join(folder, 'directory.db'), 'x'.repeat(10_000));
  const failed = await failToStart({ DATA_DIR: folder }, folder);
  expect(failed.code).toBe(1);
  expect(failed.stderr.trim().split('\n')).toHaveLength(1);
  expect(failed.stderr).toContain('directory.db');
});
