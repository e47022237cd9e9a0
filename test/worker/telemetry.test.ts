import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { linuxBox } from '../support/devices.ts';
import { faultyUpstream, type FaultyUpstream } from '../support/faultyUpstream.ts';
import { openIngestion, type Envelope, type Ingestion } from '../support/ingestion.ts';
import { openHost } from '../support/openHost.ts';
import { send, type Answer } from '../support/send.ts';
import type { Target } from '../support/target.ts';
import { unsignedToken } from '../support/tokens.ts';
import { openWorker, type WorkerTarget } from './openWorker.ts';

const adele = {
  oid: '7f0c5b1e-0b7e-4c35-9f4b-0d5d6a7b8c9d',
  tid: '8d6c5b4a-3f2e-4d1c-9b0a-1f2e3d4c5b6a',
  azp: 'e3a1c5d7-9b2f-4e6a-8c0d-5f7b9a1c3e5d',
  upn: 'adele@contoso.example',
  scp: 'Directory.AccessAsUser.All User.Read',
};
const token = unsignedToken(adele);
const traceId = '0af7651916cd43dd8448eb211c80319c';

let emulator: Target;
let upstream: FaultyUpstream;
let ingestion: Ingestion;
beforeEach(async () => {
  emulator = await openHost();
  upstream = await faultyUpstream(emulator.base, 0, () => 0);
  ingestion = await openIngestion();
});
afterEach(async () => {
  await Promise.all([ingestion.stop(), upstream.stop()]);
  await emulator.stop();
});

/** The built app as a gateway before the emulator. */
const gateway = (env: Record<string, string>, options = {}): Promise<WorkerTarget> =>
  openWorker(
    {
      DIRECTORY_MODE: 'graph',
      AUTH_MODE: 'passthrough',
      GRAPH_CREDENTIAL: 'callerToken',
      GRAPH_BASE_URL: upstream.base,
      ...env,
    },
    options,
  );

const ask = (to: Target, method: string, path: string, body?: object, more = {}): Promise<Answer> =>
  send(to.base, {
    method,
    path,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
      ...more,
    },
    ...(body && { body: JSON.stringify(body) }),
  });

const idOf = ({ text }: Answer): string => (JSON.parse(text) as { id: string }).id;

const events = (name: string): Envelope['data']['baseData'][] =>
  ingestion
    .envelopes('EventData')
    .map(({ data }) => data.baseData)
    .filter((event) => event.name === name);

/** Sum of a metric over everything that was sent, for one operation. */
const sum = (metric: string, operation: string): number =>
  ingestion
    .envelopes('MetricData')
    .filter(({ data }) => data.baseData.properties?.operation === operation)
    .flatMap(({ data }) => data.baseData.metrics ?? [])
    .filter(({ name }) => name === metric)
    .reduce((total, { value }) => total + value, 0);

test('requests, calls of Graph and what was changed arrive as telemetry of one trace', async () => {
  const app = await gateway(ingestion.env);
  const box = linuxBox({ displayName: "Adele's laptop" });
  const created = await ask(app, 'POST', '/v1.0/devices', box, { 'client-request-id': 'job-7-row-3' });
  upstream.rate = 1; // 429 for each call
  setTimeout(() => (upstream.rate = 0), 100);
  const read = await ask(app, 'GET', `/v1.0/devices/${idOf(created)}`);
  const again = await ask(app, 'POST', '/v1.0/devices', box);
  expect([created.status, read.status, again.status]).toEqual([201, 200, 400]);
  await app.stop();

  expect(new Set(ingestion.envelopes().map(({ tags }) => tags['ai.cloud.role']))).toEqual(new Set(['registrar-test']));
  const ofRequests = ingestion.envelopes().filter(({ data }) => data.baseType !== 'MetricData');
  expect(new Set(ofRequests.map(({ tags }) => tags['ai.operation.id']))).toEqual(new Set([traceId]));
  // Each hangs below the request that the host tells of, and nobody tells of it twice.
  expect(new Set(ofRequests.map(({ tags }) => tags['ai.operation.parentId'])).size).toBe(3);
  expect(ingestion.envelopes('RequestData')).toEqual([]);

  const calls = ingestion.envelopes('RemoteDependencyData').map(({ data }) => data.baseData);
  expect(calls[0]).toMatchObject({
    name: 'POST /v1.0/devices',
    type: 'Http',
    data: `${upstream.base}/v1.0/devices`,
    target: new URL(upstream.base).host,
    resultCode: '201',
    success: true,
  });
  const reads = calls.filter(({ name }) => name === 'GET /v1.0/devices/{id}');
  expect(reads.length).toBeGreaterThan(1);
  expect(reads[0]).toMatchObject({ resultCode: '429', success: false });

  expect(events('getDevice')).toMatchObject([
    {
      properties: { outcome: 'succeeded', status: '200', requestId: read.headers['request-id'] },
      measurements: { calls: reads.length, throttled: reads.length - 1, retries: reads.length - 1 },
    },
  ]);
  const caller = {
    callerKind: 'user',
    callerId: adele.oid,
    callerTenantId: adele.tid,
    callerApplicationId: adele.azp,
  };
  expect(events('audit').map(({ properties }) => properties)).toEqual([
    {
      operation: 'createDevice',
      outcome: 'succeeded',
      status: '201',
      requestId: created.headers['request-id'],
      clientRequestId: 'job-7-row-3',
      objectId: idOf(created),
      deviceId: box.deviceId,
      ...caller,
    },
    {
      operation: 'createDevice',
      outcome: 'refused',
      status: '400',
      code: 'Request_BadRequest',
      details: 'ObjectConflict',
      requestId: again.headers['request-id'],
      clientRequestId: again.headers['client-request-id'],
      deviceId: box.deviceId,
      ...caller,
    },
  ]);
  expect(sum('registrar.requests', 'createDevice')).toBe(2);
  expect(sum('registrar.requests', 'getDevice')).toBe(1);
  expect(sum('registrar.throttled', 'getDevice')).toBe(reads.length - 1);
  expect(sum('registrar.retries', 'getDevice')).toBe(reads.length - 1);
  expect(sum('registrar.duration', 'createDevice')).toBeGreaterThan(0);
});

test('neither tokens nor device keys nor names of people are recorded, not even of failures', async () => {
  const app = await gateway({ ...ingestion.env, GRAPH_TIME_BUDGET_S: '1', GRAPH_TIMEOUT_MS: '300' }, { log: said });
  const box = linuxBox({
    displayName: 'Grady Archie',
    alternativeSecurityIds: [{ type: 2, key: 'c2VjcmV0LWtleS1vZi1ncmFkeQ==' }],
  });
  const grady = 'grady@contoso.example';
  const created = await ask(app, 'POST', '/v1.0/devices', box);
  await ask(app, 'POST', `/v1.0/users/${grady}/registeredDevices/$ref`, { id: idOf(created) });
  await ask(app, 'GET', `/v1.0/users/${grady}/registeredDevices?$filter=startswith(displayName,'Grady')`);
  await ask(app, 'POST', '/v1.0/devices', { ...box, alternativeSecurityIds: [{ type: 2, key: 'not base64, grady!' }] });
  await upstream.stop();
  const failed = await ask(app, 'GET', `/v1.0/users/${encodeURIComponent(grady)}`);
  expect(failed.status).toBe(503);
  await app.stop();

  const [exception] = ingestion.envelopes('ExceptionData');
  expect(exception?.data.baseData.exceptions?.[0]?.stack).toMatch(/ECONNREFUSED/);
  expect(exception?.data.baseData.properties?.requestId).toBe(failed.headers['request-id']);
  expect(output).toContain(`request ${String(failed.headers['request-id'])}`);
  for (const text of [ingestion.text(), output]) {
    expect(text).not.toBe('');
    for (const secret of [token, token.split('.')[1], 'c2VjcmV0', 'base64, grady']) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/grady|archie|adele|contoso\.example/i);
  }
});

/** What an app printed, for the tests that expect something. */
let output = '';
const said = (text: string): void => void (output = text);

test('names of people are recorded where they are wanted, tokens and keys are not', async () => {
  const app = await gateway({ ...ingestion.env, TELEMETRY_PERSONAL_DATA: 'full' });
  await ask(app, 'GET', '/v1.0/users/grady@contoso.example/registeredDevices');
  await app.stop();
  expect(ingestion.text()).toContain('/users/grady%40contoso.example/registeredDevices');
  expect(ingestion.text()).not.toContain(token);
});

test('of what is sampled, calls and events of a trace stay or go together; audit events and metrics are complete', async () => {
  const app = await gateway({ ...ingestion.env, TELEMETRY_SAMPLING_PERCENT: '50' });
  const traces = Array.from({ length: 40 }, (_, index) => `${index.toString(16).padStart(2, '0')}${traceId.slice(2)}`);
  for (const trace of traces) {
    await ask(app, 'POST', '/v1.0/devices', linuxBox(), { traceparent: `00-${trace}-b7ad6b7169203331-01` });
  }
  await app.stop();
  const tracesOf = (type: string, name: string): (string | undefined)[] =>
    ingestion
      .envelopes(type)
      .filter(({ data }) => data.baseData.name === name)
      .map(({ tags }) => tags['ai.operation.id'])
      .sort();
  const called = tracesOf('RemoteDependencyData', 'POST /v1.0/devices');
  expect(called.length).toBeGreaterThan(0);
  expect(called.length).toBeLessThan(40);
  expect(tracesOf('EventData', 'createDevice')).toEqual(called);
  expect(tracesOf('EventData', 'audit')).toEqual(traces);
  expect(sum('registrar.requests', 'createDevice')).toBe(40);
});

test('an endpoint that answers 503 keeps neither callers waiting nor the end of the worker', async () => {
  ingestion.status = 503;
  const app = await gateway(ingestion.env, { log: said });
  const statuses = [];
  for (let count = 0; count < 5; count += 1)
    statuses.push((await ask(app, 'POST', '/v1.0/devices', linuxBox())).status);
  expect(statuses).toEqual([201, 201, 201, 201, 201]);
  await app.stop(); // The host kills a worker that takes more than five seconds.
  expect(output).toContain('telemetry may be lost');
  expect(output).not.toContain(token);
});

/** Takes away what only telemetry needs. */
function withoutLibrary(folder: string): void {
  const chunks = join(folder, 'chunks');
  const files = readdirSync(chunks).filter((name) => /^(?:applicationinsights|telemetryWorker)\b/.test(name));
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) rmSync(join(chunks, file));
}

test('without a connection string nothing of it is loaded', async () => {
  const app = await gateway({}, { prepare: withoutLibrary });
  expect((await ask(app, 'POST', '/v1.0/devices', linuxBox())).status).toBe(201);
  await app.stop();
});

test('what cannot be loaded is one line of log: the app serves all the same', async () => {
  const app = await gateway(ingestion.env, { prepare: withoutLibrary, log: said });
  expect((await ask(app, 'POST', '/v1.0/devices', linuxBox())).status).toBe(201);
  await app.stop();
  expect(output).toMatch(/^Telemetry has failed, and nothing is recorded from now on: .*\n$/);
});

test('the queries of docs/telemetry.md ask for nothing that is not sent', async () => {
  const queries = [...readFileSync('docs/telemetry.md', 'utf8').matchAll(/```kusto\n(.*?)```/gs)].map(
    ([, kql = '']) => kql,
  );
  expect(queries).toHaveLength(5);
  const app = await gateway(ingestion.env);
  const box = linuxBox();
  await ask(app, 'POST', '/v1.0/devices', box);
  await ask(app, 'POST', '/v1.0/devices', box);
  await app.stop();

  const sent = ingestion.envelopes().map(({ data }) => data.baseData);
  const names = sent.flatMap(({ name, metrics = [] }) => [name, ...metrics.map((metric) => metric.name)]);
  const dimensions = sent.flatMap(({ properties = {} }) => Object.keys(properties));
  const text = queries.join('\n');
  const asked = [...text.matchAll(/"(audit|registrar\.\w+)"/g)].map(([, name]) => name);
  expect(new Set(asked)).toEqual(new Set(['audit', 'registrar.throttled', 'registrar.retries', 'registrar.duration']));
  expect(asked.filter((name) => !names.includes(name))).toEqual([]);
  const askedDimensions = [...text.matchAll(/customDimensions\.(\w+)/g)].map(([, name = '']) => name);
  expect(askedDimensions.length).toBeGreaterThan(10);
  expect(askedDimensions.filter((name) => !dimensions.includes(name))).toEqual([]);
});
