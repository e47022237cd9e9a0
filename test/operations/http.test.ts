import { connect } from 'node:net';
import { linuxBox } from '../support/devices.ts';
import { openHost } from '../support/openHost.ts';
import { send, type Answer, type Sent } from '../support/send.ts';
import type { Target } from '../support/target.ts';

let target: Target;
beforeAll(async () => {
  target = await openHost();
});
afterAll(() => target.stop());

const headers = { authorization: 'Bearer adele', 'content-type': 'application/json' };
const post = (body: Buffer | string, more: Partial<Sent> = {}): Promise<Answer> =>
  send(target.base, { method: 'POST', path: '/v1.0/devices', headers, body, ...more });
const errorOf = ({
  text,
}: Answer): { code: string; message: string; details?: { code: string; target?: string; message: string }[] } =>
  (JSON.parse(text) as { error: { code: string; message: string } }).error;

test('a body sent in chunks, without Content-Length, is answered 411', async () => {
  const answer = await post(JSON.stringify(linuxBox()), { chunked: true });
  expect([answer.status, errorOf(answer).code]).toEqual([411, 'LengthRequired']);
});

test('a body above 4 MB is answered 413, one just below is read', async () => {
  const over = await post(' '.repeat(4 * 1024 * 1024 + 1));
  expect([over.status, errorOf(over).code]).toEqual([413, 'RequestEntityTooLarge']);
  const body = JSON.stringify(linuxBox());
  const under = await post(body.padEnd(4 * 1024 * 1024, ' '));
  expect(under.status).toBe(201);
});

test('bytes that are not UTF-8 are refused rather than replaced', async () => {
  const answer = await post(Buffer.from(JSON.stringify(linuxBox({ displayName: 'M\u00fcller' })), 'latin1'));
  expect([answer.status, errorOf(answer).message]).toEqual([400, 'The request payload is not valid UTF-8.']);
});

test('a byte order mark before the JSON does no harm', async () => {
  expect((await post(`\uFEFF${JSON.stringify(linuxBox())}`)).status).toBe(201);
});

test.each([
  ['nested deeper than 16 levels', `{"displayName":${'['.repeat(17)}${']'.repeat(17)}}`],
  ['nested a hundred thousand levels', '['.repeat(100_000) + ']'.repeat(100_000)],
  ['that begins with two million brackets and is no JSON', '['.repeat(2_000_000)],
  ['with a list of a million items', `{"physicalIds":[${'0,'.repeat(999_999)}0]}`],
  ['with twenty thousand properties', `{${Array.from({ length: 20_000 }, (_, i) => `"p${i}":0`).join()}}`],
])('a body %s is refused quickly', async (_what, body) => {
  const answer = await post(body);
  expect([answer.status, errorOf(answer).details?.[0]?.code]).toEqual([400, 'LimitExceeded']);
});

test('brackets, commas and quotes within texts are no structure', async () => {
  const displayName = `${'[{,'.repeat(60)}"\\"`;
  const answer = await post(JSON.stringify(linuxBox({ displayName })).padEnd(30_000, ' '));
  expect([answer.status, (JSON.parse(answer.text) as { displayName: string }).displayName]).toEqual([201, displayName]);
});

test.each([
  ['a million empty requests', `{"requests":[${'{},'.repeat(1_000_000)}{}]}`, 'LimitExceeded'],
  ['bodies nested without end', `{"requests":[{"body":${'['.repeat(100_000)}`, 'LimitExceeded'],
  [
    'more headers than any request has',
    JSON.stringify({
      requests: [
        {
          id: '1',
          method: 'GET',
          url: '/devices',
          headers: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`h${index}`, 'x'])),
        },
      ],
    }),
    'InvalidBatch',
  ],
])('a batch with %s is refused quickly', async (_what, body, code) => {
  const answer = await post(body, { path: '/v1.0/$batch' });
  expect([answer.status, errorOf(answer).details?.[0]?.code]).toEqual([400, code]);
});

test('lists have their own limits', async () => {
  const answer = await post(JSON.stringify(linuxBox({ physicalIds: Array.from({ length: 101 }, String) })));
  expect(errorOf(answer).details).toEqual([
    {
      code: 'InvalidValue',
      target: 'physicalIds',
      message: 'A list of 101 is not a right value: at most 100 items are allowed.',
    },
  ]);
});

test('a device holds at most a hundred extension values', async () => {
  const extensions = (count: number): object =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`extension_${'0'.repeat(32)}_p${i}`, i]));
  expect((await post(JSON.stringify({ ...linuxBox(), ...extensions(100) }))).status).toBe(201);
  const answer = await post(JSON.stringify({ ...linuxBox(), ...extensions(101) }));
  expect(errorOf(answer).details?.[0]?.message).toBe('The body holds 101 extension values; at most 100 are allowed.');
});

test('of very many wrong properties the first hundred are named, and the rest is counted', async () => {
  const answer = await post(
    JSON.stringify({ ...linuxBox(), ...Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`p${i}`, i])) }),
  );
  const details = errorOf(answer).details ?? [];
  expect(details).toHaveLength(101);
  expect(details.at(-1)).toEqual({ code: 'MoreErrors', message: '150 more are not listed.' });
});

test('a client-request-id that cannot be a header of the answer is replaced by the request id', async () => {
  const answer = await post('{}', { headers: { ...headers, 'client-request-id': 'caf\u00e9' } });
  expect(answer.headers['client-request-id']).toBe(answer.headers['request-id']);
});

test('every kind of answer carries the headers that Graph sends with it', async () => {
  const created = await post(JSON.stringify(linuxBox()));
  const refused = await post('{}');
  for (const answer of [created, refused]) {
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-cache',
      'strict-transport-security': 'max-age=31536000',
      vary: 'Accept-Encoding',
      'x-ms-resource-unit': '1',
      'content-length': String(Buffer.byteLength(answer.text)),
    });
    expect(answer.headers['request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.headers['client-request-id']).toBe(answer.headers['request-id']);
    expect(answer.headers['transfer-encoding']).toBeUndefined();
  }
  expect([created.headers['odata-version'], refused.headers['odata-version']]).toEqual(['4.0', undefined]);
  expect([created.headers['content-type'], refused.headers['content-type']]).toEqual([
    'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
    'application/json',
  ]);
});

test('a caller who goes away in the middle of a body does no harm', async () => {
  const { hostname, port } = new URL(target.base);
  for (let i = 0; i < 20; i += 1) {
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write('POST /v1.0/devices HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"a":');
        setTimeout(() => {
          socket.destroy();
          resolve();
        }, 5);
      });
    });
  }
  expect((await post(JSON.stringify(linuxBox()))).status).toBe(201);
});

test.each(['1.2.3.4.5', 'a:99999', '[:::::]', '0xffffffffff', 'a"b', "'"])(
  'a Host header of %j does no harm',
  async (host) => {
    const body = '{"@odata.id":"https://graph.microsoft.com/v1.0/devices/98b7e341-e341-98b7-41e3-b79841e3b798"}';
    for (const url of [body, body.replace('https://graph.microsoft.com', 'http://127.0.0.1')]) {
      const answer = await post(url, { path: '/v1.0/me/registeredDevices/$ref', headers: { ...headers, host } });
      expect([400, 404]).toContain(answer.status);
      if (answer.text !== '') expect(errorOf(answer).code).toBeTruthy(); // The host refuses some itself, without a body.
    }
    const listed = await send(target.base, {
      method: 'GET',
      path: '/v1.0/me/registeredDevices',
      headers: { ...headers, host },
    });
    expect(listed.status === 400 ? {} : JSON.parse(listed.text)).toBeTruthy();
  },
);

describe('addresses in answers', () => {
  const forwarded = {
    ...headers,
    host: 'registrar.example:8080',
    'x-forwarded-host': 'graph.example, inner',
    'x-forwarded-proto': 'https',
  };
  const addressesOf = async (env: Record<string, string>, more = {}): Promise<[context: string, location: string]> => {
    const app = await openHost(env);
    const answer = await send(app.base, {
      method: 'POST',
      path: '/v1.0/devices',
      headers: { ...forwarded, ...more },
      body: JSON.stringify(linuxBox()),
    });
    await app.stop();
    const context = (JSON.parse(answer.text) as Record<string, string>)['@odata.context'] ?? '';
    return [context.replace(/\$metadata.*/, ''), String(answer.headers.location).replace(/[0-9a-f-]{36}$/, '')];
  };

  test('are those that the caller used; forwarded ones are not believed', async () => {
    expect(await addressesOf({})).toEqual([
      'http://registrar.example:8080/v1.0/',
      'http://registrar.example:8080/v1.0/devices/',
    ]);
  });

  test('follow the proxy where TRUST_FORWARDED says so', async () => {
    expect(await addressesOf({ TRUST_FORWARDED: 'true' })).toEqual([
      'https://graph.example/v1.0/',
      'https://graph.example/v1.0/devices/',
    ]);
    const [context] = await addressesOf(
      { TRUST_FORWARDED: 'true' },
      { 'x-forwarded-host': 'a"b', 'x-forwarded-proto': 'data' },
    );
    expect(context).toBe('http://registrar.example:8080/v1.0/');
  });

  test('follow PUBLIC_BASE_URL before all', async () => {
    const env = { TRUST_FORWARDED: 'true', PUBLIC_BASE_URL: 'https://devices.contoso.com' };
    expect(await addressesOf(env)).toEqual([
      'https://devices.contoso.com/v1.0/',
      'https://devices.contoso.com/v1.0/devices/',
    ]);
  });
});
