import { faultyUpstream, type FaultyUpstream } from '../support/faultyUpstream.ts';
import { openHost } from '../support/openHost.ts';
import type { Target } from '../support/target.ts';
import { runClient, valueOf } from './runClient.ts';
import type { Outcome } from './steps.ts';

/** The client takes plain HTTP from an address of the machine itself. */
let host: Target;
let busy: FaultyUpstream;
let seen: Record<string, Outcome>;

beforeAll(async () => {
  host = await openHost();
  busy = await faultyUpstream(host.base);
  busy.next({ status: 429, headers: { 'Retry-After': '1' } });
  seen = await runClient('msgraphSdkSteps.ts', { BASE: host.base, THROTTLED: busy.base });
}, 60_000);
afterAll(async () => {
  await busy.stop();
  await host.stop();
});

const created = (): { id: string } => valueOf(seen.create) as { id: string };

test('msgraph-sdk: creates a device, and reads it', () => {
  expect(created()).toEqual({
    id: expect.stringMatching(/^[\da-f-]{36}$/) as string,
    displayName: 'sdkBox',
    key: ['cv17a51aec'],
  });
  expect(valueOf(seen.get)).toEqual({ id: created().id, displayName: 'sdkBox' });
});

test('msgraph-sdk: changes a device', () => {
  expect(valueOf(seen.update)).toEqual({ id: created().id, displayName: 'sdkBox 2' });
});

test('msgraph-sdk: reads an error as an ODataError', () => {
  expect(seen.error).toMatchObject({
    thrown: {
      responseStatusCode: 404,
      errorEscaped: {
        code: 'Request_ResourceNotFound',
        message: expect.stringContaining('does not exist') as string,
        innerError: { requestId: expect.stringMatching(/^[\da-f-]{36}$/) as string },
      },
    },
  });
});

test('msgraph-sdk: sends twenty reads in one batch, and sixty in three', () => {
  const batch = new Map(valueOf(seen.batch) as [string, number][]);
  expect([batch.size, batch.get('unknown')]).toEqual([20, 404]);
  batch.delete('unknown');
  const split = valueOf(seen.split) as number[];
  expect(split).toHaveLength(60);
  expect(new Set([...batch.values(), ...split])).toEqual(new Set([200]));
});

test('msgraph-sdk: links a user, who has the device then', () => {
  expect(valueOf(seen.link)).toEqual([[created().id, '#microsoft.graph.device']]);
});

test('msgraph-sdk: lists the users of a device, and removes one', () => {
  expect(valueOf(seen.linked)).toEqual([['f1d2a3b4-0000-4000-8000-000000000001'], []]);
});

test('msgraph-sdk: filters, and learns how many there are', () => {
  expect(valueOf(seen.filter)).toEqual({ count: 1, value: [{ id: created().id, displayName: 'sdkBox 2' }] });
});

test('msgraph-sdk: its page iterator reaches every device', () => {
  expect(valueOf(seen.listAll)).toEqual({ found: 61, state: 'Complete' });
});

test('msgraph-sdk: deletes a device, which is not there any more', () => {
  expect(seen.delete).toMatchObject({ thrown: { responseStatusCode: 404 } });
});

test('msgraph-sdk: its retry handler waits as long as it is told, and tries again', () => {
  expect(valueOf(seen.throttled)).toMatch(/^[\da-f-]{36}$/);
  expect(busy.headers.map((headers) => headers['retry-attempt'])).toEqual([undefined, '1']);
});
