import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { breaker } from '../../shared/directory/graph/breaker.ts';
import { callerTokens } from '../../shared/directory/graph/callerTokens.ts';
import { graphDirectory } from '../../shared/directory/graph/graphDirectory.ts';
import type { Directory } from '../../shared/directory/port.ts';
import type { OutgoingCall } from '../../shared/telemetry/port.ts';
import { retriesIn, throttledIn } from '../../shared/telemetry/summary.ts';
import { linuxBox } from '../support/devices.ts';
import { faultyUpstream, type FaultyUpstream } from '../support/faultyUpstream.ts';
import { openHost } from '../support/openHost.ts';
import { send } from '../support/send.ts';
import type { Target } from '../support/target.ts';

interface Response {
  id: string;
  status: number;
  headers: Record<string, string>;
  body?: Record<string, unknown> & { error?: { code: string; details?: { target: string; message: string }[] } };
}

const gatewayTo = (base: string): Promise<Target> =>
  openHost(
    {
      DIRECTORY_MODE: 'graph',
      AUTH_MODE: 'passthrough',
      GRAPH_CREDENTIAL: 'callerToken',
      GRAPH_BASE_URL: base,
      GRAPH_TIMEOUT_MS: '1000',
      GRAPH_TIME_BUDGET_S: '3',
    },
    () => undefined,
  );

const json = { 'Content-Type': 'application/json' };
const create = (id: string, body: object): object => ({ id, method: 'POST', url: '/devices', headers: json, body });
const read = (id: string, url: string, more = {}): object => ({ id, method: 'GET', url, ...more });

/** @returns the responses by the ids of their requests */
async function batch(target: Target, ...requests: object[]): Promise<Record<string, Response>> {
  const { status, text } = await send(target.base, {
    method: 'POST',
    path: '/v1.0/$batch',
    headers: { authorization: 'Bearer adele', 'content-type': 'application/json' },
    body: JSON.stringify({ requests }),
  });
  expect([status, text]).toEqual([200, expect.any(String)]);
  const { responses } = JSON.parse(text) as { responses: Response[] };
  expect(responses).toHaveLength(requests.length);
  return Object.fromEntries(responses.map((response) => [response.id, response]));
}

const statuses = (responses: Record<string, Response>): Record<string, number> =>
  Object.fromEntries(Object.entries(responses).map(([id, { status }]) => [id, status]));

describe('a batch through a gateway', () => {
  let emulator: Target;
  let upstream: FaultyUpstream;
  let gateway: Target;
  /** Values that decide what goes wrong; 1 and nothing does. */
  let chances: number[] = [];
  beforeAll(async () => {
    emulator = await openHost();
    upstream = await faultyUpstream(emulator.base, 0.9, () => chances.shift() ?? 1);
    gateway = await gatewayTo(upstream.base);
  });
  beforeEach(() => {
    upstream.headers.length = 0;
    chances = [];
  });
  afterAll(async () => {
    await gateway.stop();
    await upstream.stop();
    await emulator.stop();
  });

  test('is one batch of Graph, and its answers are at the address of the gateway', async () => {
    const boxes = Array.from({ length: 20 }, () => linuxBox());
    const responses = await batch(gateway, ...boxes.map((box, index) => create(String(index), box)));
    expect(upstream.headers).toHaveLength(1);
    for (const [index, { deviceId }] of boxes.entries()) {
      const { status, headers, body } = responses[String(index)] ?? {};
      expect([status, body?.deviceId]).toEqual([201, deviceId]);
      expect(body?.['@odata.context']).toBe(`${gateway.base}/v1.0/$metadata#devices/$entity`);
      expect(headers?.Location).toBe(`${gateway.base}/v1.0/devices/${String(body?.id)}`);
    }
    const { first } = await batch(emulator, read('first', `/devices(deviceId='${boxes[0]?.deviceId}')`));
    expect(first?.status).toBe(200);
  });

  test('is checked before: what is refused here is not sent', async () => {
    const refused = [
      create('wrong', { deviceId: 'linuxBox' }),
      read('unknown', '/gadgets'),
      { id: 'nested', method: 'POST', url: '/$batch', headers: json, body: {} },
    ];
    expect(statuses(await batch(gateway, ...refused))).toEqual({ wrong: 400, unknown: 400, nested: 400 });
    expect(upstream.headers).toHaveLength(0);
    const mixed = await batch(gateway, ...refused, create('right', linuxBox()), read('me', '/me?$select=id'));
    expect(statuses(mixed)).toEqual({ wrong: 400, unknown: 400, nested: 400, right: 201, me: 200 });
    expect(upstream.headers).toHaveLength(1);
  });

  test('sends what depends on something after it, all of it at once, or not at all', async () => {
    const [box, other] = [linuxBox(), linuxBox()];
    const responses = await batch(
      gateway,
      create('box', box),
      create('again', { ...other, deviceId: box.deviceId }),
      read('read', `/devices(deviceId='${box.deviceId}')`, { dependsOn: ['box'] }),
      read('never', '/me', { dependsOn: ['again'] }),
      read('neverEither', '/me', { dependsOn: ['box', 'never'] }),
    );
    expect(statuses(responses)).toEqual({ box: 201, again: 400, read: 200, never: 424, neverEither: 424 });
    expect(responses.never?.body?.error?.code).toBe('FailedDependency');
    expect(upstream.headers).toHaveLength(2);
  });

  test('links devices by the documented request, which Graph does not have', async () => {
    const boxes = [linuxBox(), linuxBox()];
    const created = await batch(gateway, ...boxes.map((box, index) => create(String(index), box)));
    upstream.headers.length = 0;
    const links = await batch(
      gateway,
      ...boxes.map((box, index) => ({
        id: box.deviceId,
        method: 'POST',
        url: '/users/f1d2a3b4-0000-4000-8000-000000000001/registeredDevices/$ref',
        headers: json,
        body: { id: created[String(index)]?.body?.id },
      })),
    );
    for (const { deviceId } of boxes) expect(links[deviceId]).toMatchObject({ status: 201, body: { deviceId } });
    // The devices are read in one, and linked in one.
    expect(upstream.headers).toHaveLength(2);
    const { listed } = await batch(
      gateway,
      read('listed', '/users/f1d2a3b4-0000-4000-8000-000000000001/registeredDevices'),
    );
    expect(listed?.body?.value).toHaveLength(2);
  });

  test('whose end nobody saw is looked up: what was created is told as created', async () => {
    chances = [0.5, 0.5]; // The first call arrives, and its connection is reset.
    const boxes = [linuxBox(), linuxBox()];
    const responses = await batch(gateway, ...boxes.map((box) => create(box.deviceId, box)));
    expect(upstream.injected.get('resetAfter')).toBe(1);
    for (const { deviceId } of boxes) expect(responses[deviceId]).toMatchObject({ status: 201, body: { deviceId } });
  });

  test('of which nobody can tell the end says so of each device, and what to look up', async () => {
    chances = Array<number>(100).fill(0.5);
    const boxes = [linuxBox(), linuxBox()];
    const responses = await batch(gateway, ...boxes.map((box) => create(box.deviceId, box)), read('me', '/me'));
    chances = [];
    for (const { deviceId } of boxes) {
      const { status, body } = responses[deviceId] ?? {};
      expect([status, body?.error?.code]).toEqual([504, 'OutcomeUnknown']);
      expect(body?.error?.details?.[0]?.message).toContain(deviceId);
    }
    expect(responses.me?.status).toBe(503);
    const there = await batch(
      emulator,
      ...boxes.map(({ deviceId }) => read(deviceId, `/devices(deviceId='${deviceId}')`)),
    );
    expect(Object.values(statuses(there))).toEqual([200, 200]);
  });

  test('is sent again where Graph turned it away, and nothing is created twice', async () => {
    upstream.next({ status: 503 });
    const boxes = [linuxBox(), linuxBox()];
    const responses = await batch(gateway, ...boxes.map((box) => create(box.deviceId, box)));
    expect(Object.values(statuses(responses))).toEqual([201, 201]);
  });
});

describe('a gateway before a Graph that answers as it is told', () => {
  let graph: Server;
  let gateway: Target;
  let answers: Record<string, { status: number; headers?: Record<string, string>; body?: unknown }> = {};
  let received: { url: string | undefined; requests: Record<string, unknown>[] }[] = [];
  beforeAll(async () => {
    graph = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { requests = [] } = JSON.parse(Buffer.concat(chunks).toString() || '{}') as {
          requests?: { url: string }[];
        };
        received.push({ url: request.url, requests });
        const responses = requests.flatMap((one) => (answers[one.url] ? [{ ...one, ...answers[one.url] }] : []));
        response.writeHead(200, json).end(JSON.stringify({ responses }));
      });
    });
    await new Promise<void>((resolve) => graph.listen(0, '127.0.0.1', resolve));
    gateway = await gatewayTo(`http://127.0.0.1:${(graph.address() as AddressInfo).port}`);
  });
  beforeEach(() => {
    received = [];
  });
  afterAll(async () => {
    await gateway.stop();
    graph.closeAllConnections();
    await new Promise((resolve) => graph.close(resolve));
  });

  const user = { id: 'f1d2a3b4-0000-4000-8000-000000000001', '@odata.context': 'https://graph.microsoft.com/x' };

  test('builds addresses and headers anew', async () => {
    const device = "/devices(deviceId='4c299165-6e8f-4b45-a5ba-c5d250a707ff')";
    answers = { '/me?$select=id': { status: 200, body: user }, [device]: { status: 204 } };
    const { me, link } = await batch(
      gateway,
      read('me', 'ME?$select=id', { headers: { ConsistencyLevel: 'eventual', cookie: 'a=b', Authorization: 'x' } }),
      {
        id: 'link',
        method: 'post',
        url: `${device.toUpperCase()}/registeredUsers/$ref`,
        headers: json,
        body: { '@odata.id': `${gateway.base}/v1.0/users/${user.id}` },
      },
    );
    expect([me?.status, me?.body?.['@odata.context']]).toEqual([200, `${gateway.base}/v1.0/$metadata#users/$entity`]);
    expect(received[0]?.url).toBe('/v1.0/$batch');
    const sent = received[0]?.requests.map(({ id, ...request }) => [typeof id, request]);
    expect(sent).toHaveLength(2);
    expect(sent).toEqual(
      expect.arrayContaining([
        ['string', { method: 'GET', url: '/me?$select=id', headers: { ConsistencyLevel: 'eventual' } }],
        ['string', { method: 'GET', url: device, headers: {} }],
      ]),
    );
    expect(link?.status).toBe(502); // A 204 is no device: what makes no sense is not passed on as if it did.
  });

  test('hands on that a request is throttled, with the time to wait, and does not send it again', async () => {
    const body = { error: { code: 'TooManyRequests', message: 'Too many requests.' } };
    answers = {
      '/me': { status: 200, body: user },
      '/devices': { status: 429, headers: { 'retry-after': '7' }, body },
      '/users/adele%40contoso.example': { status: 429, headers: { 'Retry-After': '9' }, body },
    };
    const responses = await batch(
      gateway,
      read('me', '/me'),
      create('device', linuxBox()),
      read('user', '/users/adele@contoso.example'),
    );
    expect(statuses(responses)).toEqual({ me: 200, device: 429, user: 429 });
    const { device, user: other } = responses;
    expect([device?.headers['Retry-After'], other?.headers['Retry-After']]).toEqual(['7', '9']);
    expect(device?.body?.error?.code).toBe('TooManyRequests');
    expect(received).toHaveLength(1);
  });

  test('does not take for done what Graph says nothing about', async () => {
    answers = {};
    const { me, device } = await batch(gateway, read('me', '/me'), create('device', linuxBox()));
    expect(me?.status).toBe(502);
    expect([device?.status, device?.body?.error?.code]).toEqual([504, 'OutcomeUnknown']);
  });

  test('tells of each request with its own status, beside the batch in which it travelled', async () => {
    const body = { error: { code: 'TooManyRequests', message: 'Too many requests.' } };
    answers = { '/me': { status: 200, body: user }, '/users/adele': { status: 429, body } };
    const calls: OutgoingCall[] = [];
    const directory = directoryTo(graph, (call) => void calls.push(call));
    await Promise.allSettled([directory.getUser('me'), directory.getUser('adele'), directory.getUser('adele')]);
    const told = calls.map(({ url, status, isPart }) => [new URL(url).pathname, status, isPart]);
    expect(told).toEqual([
      ['/v1.0/$batch', 200, undefined],
      ['/v1.0/me', 200, true],
      ['/v1.0/users/adele', 429, true],
      ['/v1.0/users/adele', 429, true],
    ]);
    expect([throttledIn(calls), retriesIn(calls)]).toEqual([2, 0]);
  });

  test('reads a number in each of the forms in which Graph may write it', async () => {
    const together = directoryTo(graph);
    for (const body of [3, '3', 'Mw==', '\uFEFF3']) {
      answers = {
        '/devices/$count': { status: 200, headers: { 'Content-Type': 'text/plain' }, body },
        '/me': { status: 200, body: user },
      };
      const query = { text: '', eventual: true };
      const [count] = await Promise.all([together.count({ relation: 'devices' }, query), together.getUser('me')]);
      expect(count).toBe(3);
    }
    expect(received).toHaveLength(4);
  });
});

/** The directory at a server, as a request has it that holds others. */
function directoryTo(server: Server, called?: (call: OutgoingCall) => void): Directory {
  const directoryFor = graphDirectory({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tokens: callerTokens('https://login.microsoftonline.com'),
    breaker: breaker(() => new Date()),
    timeoutMs: 1000,
    patience: { budgetMs: 1000, firstDelayMs: 50, random: Math.random },
  });
  const caller = { token: () => 'adele' };
  const directory = directoryFor({ caller, version: 'v1.0', clientRequestId: 'together', ...(called && { called }) });
  return directory.together?.() ?? directory;
}
