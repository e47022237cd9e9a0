import { createServer, type Server } from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { localCertificate } from '../../host/localCertificate.ts';
import { linuxBox } from '../support/devices.ts';
import { openIngestion, type Ingestion } from '../support/ingestion.ts';
import { send } from '../support/send.ts';
import type { Target } from '../support/target.ts';
import { openWorker } from './openWorker.ts';

let folder: string;
let ingestion: Ingestion | undefined;
let identities: Server | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'registrar-telemetry-'));
});
afterEach(async () => {
  identities?.close();
  await ingestion?.stop();
  rmSync(folder, { recursive: true });
});

const create = ({ base }: Target): Promise<{ status: number }> =>
  send(base, {
    method: 'POST',
    path: '/v1.0/devices',
    headers: { authorization: 'Bearer adele', 'content-type': 'application/json' },
    body: JSON.stringify(linuxBox()),
  });

test.each([
  ['on Azure', {}],
  ['where nothing says that it is Azure', { WEBSITE_SITE_NAME: '', FUNCTIONS_EXTENSION_VERSION: '' }],
])(
  'the library of Application Insights talks to nobody but the endpoint, however long it runs: %s',
  async (_where, env) => {
    ingestion = await openIngestion();
    const file = join(folder, 'connections');
    const recorder = pathToFileURL(resolve('test/support/connections.ts')).href;
    const app = await openWorker({
      EMULATOR_STORE: 'memory',
      ...ingestion.env,
      ...env,
      CONNECTIONS_FILE: file,
      NODE_OPTIONS: `--import ${recorder}`,
    });
    expect((await create(app)).status).toBe(201);
    // Sent by itself, after what would be five seconds; whatever else the library does late has begun by then.
    while (ingestion.envelopes('EventData').length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    await new Promise((resolve) => setTimeout(resolve, 500));
    await app.stop();
    const connections = readFileSync(file, 'utf8').trim().split('\n');
    expect(new Set(connections)).toEqual(new Set(['127.0.0.1']));
  },
);

test('records are sent as the managed identity that the authentication string names', async () => {
  const asked: URL[] = [];
  identities = createServer((request, response) => {
    asked.push(new URL(`http://localhost${String(request.url)}`));
    const expires_on = Math.floor(Date.now() / 1000) + 3600;
    response
      .writeHead(200, { 'Content-Type': 'application/json' })
      .end(JSON.stringify({ access_token: 'token-of-the-identity', token_type: 'Bearer', expires_on }));
  });
  await new Promise<void>((listening) => identities?.listen(0, '127.0.0.1', listening));
  const { port } = identities.address() as AddressInfo;
  const certificate = await localCertificate(folder, new Date());
  ingestion = await openIngestion(certificate);
  const clientId = 'e3a1c5d7-9b2f-4e6a-8c0d-5f7b9a1c3e5d';
  const app = await openWorker({
    EMULATOR_STORE: 'memory',
    ...ingestion.env,
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: `ClientId=${clientId};Authorization=AAD`,
    NODE_EXTRA_CA_CERTS: certificate.path,
    IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/msi/token`,
    IDENTITY_HEADER: 'header-of-this-instance',
  });
  await create(app);
  await app.stop();
  expect(ingestion.envelopes('EventData').map(({ data }) => data.baseData.name)).toEqual(['createDevice', 'audit']);
  expect(new Set(ingestion.authorizations)).toEqual(new Set(['Bearer token-of-the-identity']));
  expect(asked.map(({ searchParams }) => [searchParams.get('resource'), searchParams.get('client_id')])[0]).toEqual([
    'https://monitor.azure.com',
    clientId,
  ]);
});
