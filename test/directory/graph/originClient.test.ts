import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPipelineRequest } from '@azure/core-rest-pipeline';
import { isUnanswered, originClient, type Limits } from '../../../shared/directory/graph/originClient.ts';

let server: Server;
let listener: RequestListener;
let base: string;
beforeEach(async () => {
  server = createServer((request, response) => listener(request, response));
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** @returns the status, or what was thrown */
const send = (limits: Partial<Limits> = {}, url = `${base}/v1.0/me`): Promise<unknown> =>
  originClient(base)
    .send(createPipelineRequest({ url, allowInsecureConnection: true }), {
      timeoutMs: 30_000,
      deadline: performance.now() + 60_000,
      ...limits,
    })
    .then(({ status }) => status)
    .catch((error: unknown) => error);

test('a thousand calls at once are each answered, however long an answer takes', async () => {
  listener = (_request, response) => void setTimeout(() => response.end('{}'), 300);
  const client = originClient(base);
  const limits = { timeoutMs: 20_000, deadline: performance.now() + 60_000 };
  const calls = Array.from({ length: 1000 }, () =>
    client.send(createPipelineRequest({ url: `${base}/v1.0/me`, allowInsecureConnection: true }), limits),
  );
  expect(new Set((await Promise.all(calls)).map(({ status }) => status))).toEqual(new Set([200]));
});

test('silence is a call that was sent and not answered in its time, and a connection that is refused was never sent', async () => {
  listener = () => undefined;
  expect(await send({ timeoutMs: 50 })).toMatchObject({ reached: true, message: 'There was no answer in 50 ms.' });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  const refused = await send();
  expect([isUnanswered(refused), refused]).toMatchObject([true, { reached: false }]);
});

test('a call ends with the request that it is made for, and with its body', async () => {
  listener = (_request, response) => void response.writeHead(200).write(' ');
  expect(await send({ deadline: performance.now() + 60 })).toMatchObject({ reached: true });
});

test('a connection that breaks may have brought the request there', async () => {
  listener = (request) => void request.socket.destroy();
  expect(await send()).toMatchObject({ reached: true });
});

test('nothing is sent to another origin, and no redirect is followed', async () => {
  const paths: (string | undefined)[] = [];
  listener = (request, response) => {
    paths.push(request.url);
    response.writeHead(302, { Location: `${base}/elsewhere` }).end();
  };
  for (const url of ['http://127.0.0.1:9/v1.0/me', `${base}.evil.example/v1.0/me`, `${base}@evil.example/v1.0/me`]) {
    expect(String(await send({}, url))).toMatch(/ is not http:\/\/127\.0\.0\.1|Invalid URL/);
  }
  expect(await send()).toBe(302);
  expect(paths).toEqual(['/v1.0/me']);
});
