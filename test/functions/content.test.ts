import { openHost } from '../support/openHost.ts';
import { send, type Answer } from '../support/send.ts';
import type { Target } from '../support/target.ts';

let app: Target;
beforeAll(async () => {
  app = await openHost({ PUBLIC_BASE_URL: 'https://devices.contoso.example' });
});
afterAll(() => app.stop());

const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  send(app.base, { method: 'GET', path, headers });

describe.each([
  ['/', 'text/html; charset=utf-8'],
  ['/explorer/explorer.js', 'text/javascript; charset=utf-8'],
  ['/explorer/EXPLORER.css', 'text/css; charset=utf-8'],
  ['/explorer/icon.svg', 'image/svg+xml'],
  ['/openapi.json', 'application/json; charset=utf-8'],
  ['/connector.json', 'application/json; charset=utf-8'],
])('GET %s', (path, mediaType) => {
  test('needs no token, has its media type and is asked about at each use', async () => {
    const answer = await get(path);
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'content-type': mediaType, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' },
    });
    expect(answer.headers['content-length']).toBe(String(Buffer.byteLength(answer.text)));
  });

  test('is 304 to whoever has it, also when something on the way has compressed it', async () => {
    const tag = String((await get(path)).headers.etag);
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`]) {
      expect(await get(path, { 'if-none-match': known })).toMatchObject({
        status: 304,
        text: '',
        headers: { etag: tag },
      });
    }
    expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200);
  });
});

test('the explorer may load and ask only what comes from this app, and stand in no frame', async () => {
  const policy = String((await get('/')).headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("connect-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe');
});

test('the connector calls the service by PUBLIC_BASE_URL', async () => {
  expect(JSON.parse((await get('/connector.json')).text)).toMatchObject({ host: 'devices.contoso.example' });
});

test('without PUBLIC_BASE_URL the connector calls the service as its reader did', async () => {
  const other = await openHost();
  for (const host of ['one.example', 'two.example:8080']) {
    const { text } = await send(other.base, { method: 'GET', path: '/connector.json', headers: { host } });
    expect(JSON.parse(text)).toMatchObject({ host });
  }
  await other.stop();
});

test('the documents describe what the contract in force serves', async () => {
  const current = await openHost({ CONTRACT: 'current' });
  const pathsIn = async (base: string, path: string): Promise<Record<string, object>> =>
    (JSON.parse((await send(base, { method: 'GET', path })).text) as { paths: Record<string, object> }).paths;
  for (const document of ['/openapi.json', '/connector.json']) {
    const [documented, today] = [await pathsIn(app.base, document), await pathsIn(current.base, document)];
    expect(documented).toHaveProperty(['/me/registeredDevices/$ref', 'post']);
    expect(today).not.toHaveProperty(['/me/registeredDevices/$ref']);
    expect(today).toHaveProperty(['/me/registeredDevices', 'get']);
  }
  const { text } = await send(current.base, { method: 'GET', path: '/openapi.json' });
  const { paths } = JSON.parse(text) as { paths: { '/devices': { post: { description: string } } } };
  expect(paths['/devices'].post.description).toContain('Applications cannot call it.');
  await current.stop();
});
