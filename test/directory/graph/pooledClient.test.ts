import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPipelineRequest } from '@azure/core-rest-pipeline';
import { isUnanswered, pooledClient, type Limits } from '../../../shared/directory/graph/pooledClient.ts';

/** As many as there are connections. */
const all = 512;

let server: Server;
let held: ServerResponse[];
let isHolding: boolean;
let base: string;
beforeEach(async () => {
  held = [];
  isHolding = true;
  server = createServer((request, response) => {
    request.resume();
    if (isHolding) held.push(response);
    else response.end('{}');
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function setUp(timeoutMs: number) {
  const client = pooledClient(base, 5000);
  const { signal } = new AbortController();
  const send = (limits: Partial<Limits> = {}): Promise<unknown> =>
    client
      .send(createPipelineRequest({ url: `${base}/v1.0/me`, allowInsecureConnection: true }), {
        timeoutMs,
        deadline: performance.now() + 60_000,
        waiting: signal,
        ...limits,
      })
      .then(({ status }) => status)
      .catch((error: unknown) => error);
  const saturated = async (): Promise<Promise<unknown>[]> => {
    const calls = Array.from({ length: all }, () => send());
    while (held.length < all) await new Promise((resolve) => setTimeout(resolve, 5));
    return calls;
  };
  return { send, saturated };
}

test("a call's time begins when it is written: who waits for a connection longer than that is answered all the same", async () => {
  const { send, saturated } = setUp(3000);
  const first = await saturated();
  const waiting = send({ timeoutMs: 100 });
  await new Promise((resolve) => setTimeout(resolve, 400));
  isHolding = false;
  for (const response of held) response.end('{}');
  expect(new Set(await Promise.all([...first, waiting]))).toEqual(new Set([200]));
});

test('a wait for a connection ends with the request, or when it has become pointless, and is no silence of Graph', async () => {
  const { send, saturated } = setUp(30_000);
  const first = await saturated();
  const late = await send({ deadline: performance.now() + 50 });
  expect([isUnanswered(late), late]).toMatchObject([false, { status: 503, code: 'serviceNotAvailable' }]);
  const controller = new AbortController();
  const pointless = send({ waiting: controller.signal });
  const reason = new Error('Graph is silent.');
  controller.abort(reason);
  expect(await pointless).toBe(reason);
  isHolding = false;
  for (const response of held) response.end('{}');
  await Promise.all(first);
  expect([await send(), held.length]).toEqual([200, all]);
});

test('silence is a call that was written and not answered, and a connection that is refused', async () => {
  const { send } = setUp(50);
  expect(await send()).toMatchObject({ reached: true, message: 'There was no answer in 50 ms.' });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  const refused = await send();
  expect([isUnanswered(refused), refused]).toMatchObject([true, { reached: false }]);
});
