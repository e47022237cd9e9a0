import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localCertificate } from '../../host/localCertificate.ts';
import { faultyUpstream, type FaultyUpstream } from '../support/faultyUpstream.ts';
import { openHost } from '../support/openHost.ts';
import { startApp, type RunningApp } from '../support/startApp.ts';
import type { Target } from '../support/target.ts';
import { runClient, valueOf } from './runClient.ts';
import type { Outcome } from './steps.ts';

/** The client insists on HTTPS: the app runs as `npm start -- --https`, and its certificate is trusted as the start says. */
let app: RunningApp;
let host: Target;
let busy: FaultyUpstream;
let seen: Record<string, Outcome>;
const folder = mkdtempSync(join(tmpdir(), 'registrar-client-'));

beforeAll(async () => {
  const tls = await localCertificate(folder, new Date());
  app = await startApp({ DATA_DIR: folder, EMULATOR_STORE: 'memory' }, process.cwd(), ['--https']);
  host = await openHost();
  busy = await faultyUpstream(host.base, 0, () => 1, tls);
  busy.next({ status: 429, headers: { 'Retry-After': '1' } });
  seen = await runClient('graphClientSteps.ts', {
    BASE: app.base,
    THROTTLED: busy.base,
    NODE_EXTRA_CA_CERTS: tls.path,
  });
}, 60_000);
afterAll(async () => {
  await app.stop();
  await busy.stop();
  await host.stop();
  rmSync(folder, { recursive: true });
});

test('microsoft-graph-client: creates a device, and reads it', () => {
  expect(valueOf(seen.create)).toMatchObject({
    '@odata.context': `${app.base}/v1.0/$metadata#devices/$entity`,
    displayName: 'clientBox',
  });
  expect(valueOf(seen.get)).toMatchObject({
    id: (valueOf(seen.create) as { id: string }).id,
    displayName: 'clientBox',
  });
});

test('microsoft-graph-client: changes a device, and gets nothing back for it', () => {
  const update = valueOf(seen.update);
  expect(update).toMatchObject({ device: { operatingSystemVersion: '7', displayName: 'clientBox' } });
  expect(update).not.toHaveProperty('answer');
});

test('microsoft-graph-client: reads an error', () => {
  expect(seen.error).toMatchObject({
    thrown: {
      statusCode: 404,
      code: 'Request_ResourceNotFound',
      message: expect.stringContaining("Resource '98b7e341-e341-98b7-41e3-b79841e3b798' does not exist") as string,
      requestId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
    },
  });
});

test('microsoft-graph-client: reads every detail of a refusal', () => {
  const { body } = (seen.refusal as { thrown: { body: string } }).thrown;
  const { details } = JSON.parse(body) as { details: { target: string }[] };
  expect(details.map(({ target }) => target)).toEqual(expect.arrayContaining(['deviceId', 'alternativeSecurityIds']));
});

test('microsoft-graph-client: creates twenty devices in one batch, and sixty in three', () => {
  const batch = valueOf(seen.batch) as { status: number; body: { id: string; displayName: string } }[];
  const split = (valueOf(seen.split) as (typeof batch)[]).flat();
  const all = [...batch, ...split];
  expect([batch.length, all.length]).toEqual([20, 80]);
  expect(all.filter(({ status, body }) => status !== 201 || body.displayName !== 'batchBox')).toEqual([]);
  expect(new Set(all.map(({ body }) => body.id)).size).toBe(80);
});

test('microsoft-graph-client: what depends on a request that failed is not carried out', () => {
  const serial = valueOf(seen.serial) as { step: string; status: number }[];
  expect(Object.fromEntries(serial.map(({ step, status }) => [step, status]))).toEqual({
    create: 201,
    me: 200,
    lost: 404,
    never: 424,
  });
});

test('microsoft-graph-client: links a user, who has the device then', () => {
  const { id } = valueOf(seen.create) as { id: string };
  expect(valueOf(seen.link)).toMatchObject({ devices: { value: [{ id }] } });
});

test('microsoft-graph-client: lists the users of a device, and removes one', () => {
  expect(valueOf(seen.linked)).toMatchObject({ value: [{ id: 'f1d2a3b4-0000-4000-8000-000000000001' }] });
  expect(valueOf(seen.unlink)).toBeNull();
});

test('microsoft-graph-client: filters, and learns how many there are', () => {
  expect(valueOf(seen.filter)).toMatchObject({ '@odata.count': 1, value: [{ displayName: 'clientBox' }] });
});

test('microsoft-graph-client: its page iterator reaches every device', () => {
  // One alone, eighty in batches, one in the batch whose requests depend on each other.
  expect(valueOf(seen.listAll)).toEqual({ found: 82, pages: 15, isComplete: true });
});

test('microsoft-graph-client: deletes a device, which is not there any more', () => {
  expect(valueOf(seen.delete)).toBeNull();
  expect(seen.gone).toMatchObject({ thrown: { statusCode: 404 } });
});

test('microsoft-graph-client: its retry handler waits as long as it is told, and tries again', () => {
  expect(valueOf(seen.throttled)).toHaveProperty('id');
  expect(busy.headers.map((headers) => headers['retry-attempt'])).toEqual([undefined, '1']);
  expect(busy.headers.every(({ authorization }) => authorization === 'Bearer adele')).toBe(true);
});
