import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { functionsHost } from '../../host/server.ts';
import { StartError } from '../../host/startError.ts';
import { serve, stopAll } from './serve.ts';

afterEach(stopAll);

/** A handler that waits until it is released, and tells when it began. */
function held() {
  const begun = Promise.withResolvers<undefined>();
  const released = Promise.withResolvers<undefined>();
  const handler = async () => {
    begun.resolve(undefined);
    await released.promise;
    return { body: 'done' };
  };
  return {
    handler,
    begun: begun.promise,
    release: () => {
      released.resolve(undefined);
    },
  };
}

test('a stopping host finishes the request in flight, and takes no new connection', async () => {
  const { handler, begun, release } = held();
  const { host, url } = await serve({ slow: handler });
  const answer = fetch(new URL('slow', url));
  await begun;
  const stopped = host.stop();
  await expect(fetch(url)).rejects.toThrow();
  release();
  expect(await (await answer).text()).toBe('done');
  await stopped;
});

test('a stopping host closes idle connections at once', async () => {
  const { host, url } = await serve({ quick: () => ({ body: 'done' }) });
  await (await fetch(new URL('quick', url))).text();
  const neverUsed = connect(Number(url.port), url.hostname);
  await once(neverUsed, 'connect');
  const before = Date.now();
  await host.stop();
  expect(Date.now() - before).toBeLessThan(1000);
});

test('a stopping host cuts what is left after its grace', async () => {
  const { handler, begun, release } = held();
  const { host, url } = await serve({ slow: handler });
  const answer = fetch(new URL('slow', url));
  await begun;
  await Promise.all([host.stop({ graceMs: 50 }), expect(answer).rejects.toThrow()]);
  release();
});

test('a port in use, an unknown host name and a foreign address are one clear line each', async () => {
  const { url } = await serve({});
  const listen = (port: number, name: string) =>
    functionsHost([], { hostJson: { routePrefix: '', customHeaders: {} }, log: () => undefined }).listen(port, name);
  await expect(listen(Number(url.port), '127.0.0.1')).rejects.toThrow(
    new StartError(`Port ${url.port} on 127.0.0.1 is already in use; stop the other program or choose another port.`),
  );
  await expect(listen(0, 'nowhere.invalid')).rejects.toThrow(
    new StartError('The host name "nowhere.invalid" is unknown.'),
  );
  await expect(listen(0, '192.0.2.1')).rejects.toThrow(
    new StartError('The address 192.0.2.1 does not belong to this machine.'),
  );
});

test('a handler that throws is an empty 500 and one entry in the log, and the next request works', async () => {
  let calls = 0;
  const { url, lines } = await serve({
    moody() {
      calls += 1;
      if (calls === 1) throw new Error('boom');
      return { body: 'better' };
    },
  });
  const failed = await fetch(new URL('moody', url));
  expect([failed.status, await failed.text()]).toEqual([500, '']);
  expect(await (await fetch(new URL('moody', url))).text()).toBe('better');
  expect(lines).toEqual([expect.stringMatching(/^Function "moody" failed: Error: boom\n/)]);
});

test('a header that cannot be written is an empty 500', async () => {
  const { url } = await serve({
    broken: () => ({ status: 200, headers: { 'Content-Type': 'text/plain', 'bad name': 'x' }, body: 'x' }),
  });
  expect((await fetch(new URL('broken', url))).status).toBe(500);
});

test('a client that goes away, before or during the handler, does no harm', async () => {
  const { handler, begun, release } = held();
  let read = 0;
  const { url, lines } = await serve({
    slow: handler,
    async reader(request) {
      read += (await request.arrayBuffer()).byteLength;
      return { body: String(read) };
    },
  });
  const port = Number(url.port);
  const [half, waiting] = [connect(port, url.hostname), connect(port, url.hostname)];
  half.write('POST /reader HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf');
  waiting.write('GET /slow HTTP/1.1\r\nHost: a\r\n\r\n');
  await begun;
  half.destroy();
  waiting.destroy();
  await wait(20);
  release();
  const next = await fetch(new URL('reader', url), { method: 'POST', body: 'whole' });
  expect(await next.text()).toBe('5');
  expect(lines).toEqual([]);
});

test('a body above 100 MiB is an empty 500 without being read', async () => {
  const { url } = await serve({ reader: () => ({ body: 'called' }) });
  const socket = connect(Number(url.port), url.hostname);
  socket.write('POST /reader HTTP/1.1\r\nHost: a\r\nContent-Length: 104857601\r\n\r\n');
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 500 .*Content-Length: 0/s);
  socket.destroy();
});

test('a handler logs under its function’s name', async () => {
  const { url, lines } = await serve({
    chatty(_request, context) {
      context.log('one', { two: 2 });
      context.error('three');
      return { jsonBody: context.invocationId === context.invocationId };
    },
  });
  await fetch(new URL('chatty', url));
  expect(lines).toEqual(['[chatty] one { two: 2 }', '[chatty] error: three']);
});

test('a body can be read once, in any one way', async () => {
  const { url } = await serve({
    async twice(request) {
      const first = await request.text();
      const second = await request.blob().catch((thrown: unknown) => String(thrown));
      return { jsonBody: { first, second, used: request.bodyUsed } };
    },
  });
  const answer = await fetch(new URL('twice', url), { method: 'POST', body: '\uFEFFäö' });
  expect(await answer.json()).toEqual({
    first: 'äö',
    second: 'TypeError: Body is unusable: Body has already been read',
    used: true,
  });
});
