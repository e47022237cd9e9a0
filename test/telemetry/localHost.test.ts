import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openIngestion, type Ingestion } from '../support/ingestion.ts';
import { send } from '../support/send.ts';
import { endLeftOvers, startApp } from '../support/startApp.ts';

let folder: string;
let ingestion: Ingestion;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'registrar-telemetry-'));
  cpSync('host.json', join(folder, 'host.json'));
  ingestion = await openIngestion();
});
afterEach(async () => {
  endLeftOvers();
  await ingestion.stop();
  rmSync(folder, { recursive: true });
});

test('under npm start, where no host tells of requests, they are part of the telemetry, in the trace of the caller', async () => {
  const app = await startApp({ EMULATOR_STORE: 'memory', ...ingestion.env }, folder);
  const headers = {
    authorization: 'Bearer adele',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  };
  const listed = await send(app.base, {
    method: 'GET',
    path: '/v1.0/users/grady@contoso.com/registeredDevices',
    headers,
  });
  const missing = await send(app.base, {
    method: 'GET',
    path: '/v1.0/devices/98b7e341-e341-98b7-41e3-b79841e3b798?$select=id',
    headers: { authorization: 'Bearer adele' },
  });
  expect([listed.status, missing.status]).toEqual([200, 404]);
  expect(await app.stop()).toBe(0);

  const requests = ingestion.envelopes('RequestData');
  expect(requests.map(({ data }) => data.baseData)).toMatchObject([
    {
      name: 'GET listUserRegisteredDevices',
      url: '/v1.0/users/[name]/registeredDevices',
      responseCode: '200',
      success: true,
      properties: { requestId: listed.headers['request-id'] },
    },
    {
      name: 'GET getDevice',
      url: '/v1.0/devices/98b7e341-e341-98b7-41e3-b79841e3b798',
      responseCode: '404',
      success: false,
    },
  ]);
  const [first, second] = requests.map(({ tags }) => tags);
  expect(first).toMatchObject({
    'ai.operation.id': '0af7651916cd43dd8448eb211c80319c',
    'ai.operation.parentId': 'b7ad6b7169203331',
  });
  expect(second?.['ai.operation.id']).toMatch(/^[\da-f]{32}$/);
  const events = ingestion.envelopes('EventData');
  expect(events.map(({ tags }) => [tags['ai.operation.id'], tags['ai.operation.parentId']])).toEqual(
    requests.map(({ tags, data }) => [tags['ai.operation.id'], data.baseData.id]),
  );
});

test('requests of a batch belong to the trace of its caller, unless they say another', async () => {
  const app = await startApp({ EMULATOR_STORE: 'memory', ...ingestion.env }, folder);
  const [ofBatch, ofItsOwn] = ['0af7651916cd43dd8448eb211c80319c', '1bf7651916cd43dd8448eb211c80319c'];
  const parent = (traceId: string): string => `00-${traceId}-b7ad6b7169203331-01`;
  const answered = await send(app.base, {
    method: 'POST',
    path: '/v1.0/$batch',
    headers: {
      authorization: 'Bearer adele',
      'content-type': 'application/json',
      traceparent: parent(ofBatch),
    },
    body: JSON.stringify({
      requests: [
        { id: '1', method: 'GET', url: '/me' },
        { id: '2', method: 'GET', url: '/devices', headers: { traceparent: parent(ofItsOwn) } },
      ],
    }),
  });
  expect(answered.status).toBe(200);
  expect(await app.stop()).toBe(0);
  const traces = ingestion
    .envelopes('EventData')
    .map(({ data, tags }) => [data.baseData.name, tags['ai.operation.id']]);
  expect(Object.fromEntries(traces)).toEqual({ getMe: ofBatch, listDevices: ofItsOwn, batch: ofBatch });
});
