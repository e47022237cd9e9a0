import { operations } from '../../shared/api.ts';
import { linuxBox } from '../support/devices.ts';
import { send, type Answer, type Sent } from '../support/send.ts';
import { openWorker, type WorkerTarget } from './openWorker.ts';

const headers = { authorization: 'Bearer adele', 'content-type': 'application/json' };

let worker: WorkerTarget;
beforeAll(async () => {
  worker = await openWorker({ EMULATOR_STORE: 'memory' });
});
afterAll(() => worker.stop());

const errorOf = ({ text }: Answer): object => (JSON.parse(text) as { error: object }).error;

describe('a body sent in chunks does not reach the handler, and the answer says what to do', () => {
  const addresses = operations
    // Jobs need a storage, and there is none here.
    .filter(({ method, isOurs }) => method !== 'GET' && !isOurs)
    .flatMap(({ method, paths }) =>
      paths.map((path) => ({
        method,
        path: `/v1.0${path.replaceAll(/\{[^}]+\}/g, '98b7e341-e341-98b7-41e3-b79841e3b798')}`,
      })),
    );

  test.each(addresses)('$method $path', async (address) => {
    const sent = { ...address, headers, body: JSON.stringify(linuxBox()) };
    const answer = await send(worker.base, { ...sent, chunked: true });
    expect(answer.status).toBe(411);
    expect(errorOf(answer)).toMatchObject({
      code: 'LengthRequired',
      innerError: { 'request-id': expect.stringMatching(/^[\da-f-]{36}$/) as string },
    });
    expect((await send(worker.base, sent)).status).not.toBe(411);
  });
});

describe('every kind of answer has its length, so that the host does not send it in chunks', () => {
  const device = JSON.stringify(linuxBox({ displayName: 'Łódź 🐧' }));
  const kinds: [status: number, method: string, path: string, rest?: Partial<Sent>][] = [
    [200, 'GET', '/health'],
    [200, 'GET', '/v1.0/me/registeredDevices'],
    [201, 'POST', '/v1.0/devices', { body: device }],
    [400, 'POST', '/v1.0/devices', { body: '{ "Łódź": "🐧" }' }],
    [400, 'GET', '/v1.0/gadgets'],
    [401, 'GET', '/v1.0/me/registeredDevices', { headers: {} }],
    [404, 'GET', '/v1.0/devices/98b7e341-e341-98b7-41e3-b79841e3b798'],
    [200, 'GET', '/'],
    [200, 'GET', '/explorer/swagger-ui-bundle.js'],
    [200, 'GET', '/openapi.json'],
    [200, 'GET', '/connector.json'],
    [404, 'GET', '/nowhere'],
    [404, 'POST', '/'],
    [405, 'PUT', '/v1.0/devices', { body: '{}' }],
    [405, 'OPTIONS', '/v1.0/devices'],
    [411, 'POST', '/v1.0/devices', { body: device, chunked: true }],
    [413, 'POST', '/v1.0/devices', { body: ' '.repeat(4 * 1024 * 1024 + 1) }],
  ];

  test.each(kinds)('%i to %s %s', async (status, method, path, rest = {}) => {
    const answer = await send(worker.base, { method, path, headers, ...rest });
    expect(answer).toMatchObject({ status, headers: { 'content-length': String(Buffer.byteLength(answer.text)) } });
    expect(answer.headers).not.toHaveProperty('transfer-encoding');
    expect(answer.text).not.toBe('');
  });

  test('204 has neither length nor body, nor is it sent in chunks', async () => {
    const post = (path: string, body: string): Promise<Answer> =>
      send(worker.base, { method: 'POST', path, headers, body });
    const { id } = JSON.parse((await post('/v1.0/devices', JSON.stringify(linuxBox()))).text) as { id: string };
    const user = { '@odata.id': `${worker.base}/v1.0/users/7f0c5b1e-0b7e-4c35-9f4b-0d5d6a7b8c9d` };
    const answer = await post(`/v1.0/devices/${id}/registeredUsers/$ref`, JSON.stringify(user));
    expect([answer.status, answer.text]).toEqual([204, '']);
    for (const name of ['content-length', 'transfer-encoding', 'content-type', 'odata-version']) {
      expect(answer.headers).not.toHaveProperty(name);
    }
  });

  test('405 to HEAD, which has the length of a body but no body', async () => {
    const answer = await send(worker.base, { method: 'HEAD', path: '/v1.0/devices', headers });
    expect(answer).toMatchObject({
      status: 405,
      text: '',
      headers: { 'content-length': expect.stringMatching(/^\d{3}$/) as string },
    });
    expect(answer.headers).not.toHaveProperty('transfer-encoding');
  });
});

test('304 to who has the explorer already, without length and body', async () => {
  const { headers: has } = await send(worker.base, { method: 'GET', path: '/' });
  const tag = String(has.etag);
  const answer = await send(worker.base, { method: 'GET', path: '/', headers: { 'if-none-match': tag } });
  expect([answer.status, answer.text, answer.headers.etag]).toEqual([304, '', tag]);
});

test.each([
  ['GET', '/explorer/nothing.js'],
  ['POST', '/'],
  ['GET', '/v1.0'],
  ['GET', '/v2.0/devices'],
  ['GET', '/v1.0/devices/a/b/c/d/e/f'],
  ['GET', '/v1.0//devices'],
  ['GET', '/v1.0/devices/%2F'],
  ['PATCH', '/v1.0/devices'],
  ['DELETE', '/beta/users/adele@contoso.example/registeredDevices/$ref'],
])('%s %s, which no operation serves, gets an answer of Graph’s shape', async (method, path) => {
  const answer = await send(worker.base, { method, path, headers });
  expect([400, 404, 405]).toContain(answer.status);
  expect(answer.headers['content-type']).toBe('application/json');
  expect(errorOf(answer)).toMatchObject({
    code: expect.any(String) as string,
    message: expect.any(String) as string,
    innerError: { 'request-id': answer.headers['request-id'] },
  });
});
