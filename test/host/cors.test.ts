import { serve, stopAll } from './serve.ts';

afterEach(stopAll);

const preflight = { 'Access-Control-Request-Method': 'PATCH', 'Access-Control-Request-Headers': 'authorization' };
const handlers = { devices: () => ({ body: 'x' }) };

/** The CORS headers of an answer, and Vary. */
const corsOf = ({ headers }: Response) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-') || name === 'vary'));

const ask = (url: URL, method: string, headers: Record<string, string>) =>
  fetch(new URL('devices', url), { method, headers });

test('without CORS settings a preflight is a request like any other', async () => {
  const { url } = await serve(handlers);
  const answer = await ask(url, 'OPTIONS', { Origin: 'https://a.example', ...preflight });
  expect([answer.status, corsOf(answer)]).toEqual([200, {}]);
});

test('an allowed origin may send any method and header', async () => {
  const { url } = await serve(handlers, { cors: { origins: ['https://a.example'], credentials: true } });
  const answer = await ask(url, 'OPTIONS', { Origin: 'https://a.example', ...preflight });
  expect(answer.status).toBe(204);
  expect(corsOf(answer)).toEqual({
    'access-control-allow-origin': 'https://a.example',
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'PATCH',
    'access-control-allow-headers': 'authorization',
    vary: 'Origin',
  });
});

test('an allowed origin may read answers, those of the host too', async () => {
  const { url } = await serve(handlers, { cors: { origins: ['https://a.example'], credentials: false } });
  const allowed = { 'access-control-allow-origin': 'https://a.example', vary: 'Origin' };
  expect(corsOf(await ask(url, 'GET', { Origin: 'https://a.example' }))).toEqual(allowed);
  expect(corsOf(await ask(new URL('nosuch/', url), 'GET', { Origin: 'https://a.example' }))).toEqual(allowed);
});

test('another origin gets the answer without leave to read it', async () => {
  const { url } = await serve(handlers, { cors: { origins: ['https://a.example'], credentials: true } });
  expect(corsOf(await ask(url, 'GET', { Origin: 'https://b.example' }))).toEqual({ vary: 'Origin' });
  const refused = await ask(url, 'OPTIONS', { Origin: 'https://b.example', ...preflight });
  expect([refused.status, corsOf(refused)]).toEqual([204, { vary: 'Origin' }]);
});

test('a star lets every origin read, without credentials', async () => {
  const { url } = await serve(handlers, { cors: { origins: ['*'], credentials: true } });
  expect(corsOf(await ask(url, 'GET', { Origin: 'https://b.example' }))).toEqual({
    'access-control-allow-origin': '*',
  });
});
