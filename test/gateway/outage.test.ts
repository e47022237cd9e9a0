import type { RequestListener } from 'node:http';
import { linuxBox } from '../support/devices.ts';
import { bodyOf, errorOf, gatewayTo, get, played, post } from '../support/gateway.ts';
import type { Answer } from '../support/send.ts';

const graphs = played();
afterEach(() => graphs.stop());

const id = '98b7e341-e341-98b7-41e3-b79841e3b798';
const device = `/v1.0/devices/${id}`;
/** More time than a test has: whoever waits until the end is noticed. */
const patient = { GRAPH_TIMEOUT_MS: '300', GRAPH_TIME_BUDGET_S: '200' };
const statusesOf = (answers: readonly Answer[]): number[] => [...new Set(answers.map(({ status }) => status))];
const crowd = (ask: () => Promise<Answer>, size = 60): Promise<Answer[]> =>
  Promise.all(Array.from({ length: size }, ask));

test('a Graph that says nothing: the callers of one moment find it out together, and later ones are told at once', async () => {
  let calls = 0;
  const target = await graphs.before((request) => {
    request.resume();
    calls += 1;
  }, patient);
  const readers = await crowd(() => get(target, device));
  expect(statusesOf(readers)).toEqual([503]);
  expect(readers.filter(({ headers }) => Number(headers['retry-after']) > 0)).toHaveLength(readers.length);
  const before = calls;
  expect(before).toBeLessThanOrEqual(60);
  expect(statusesOf(await crowd(() => get(target, device)))).toEqual([503]);
  const create = await post(target, '/v1.0/devices', linuxBox());
  expect([create.status, errorOf(create).code]).toEqual([503, 'serviceNotAvailable']); // It was not sent.
  expect(calls).toBe(before);
});

test('a Graph that is not there: nobody waits for the end of the budget', async () => {
  const target = await gatewayTo('http://127.0.0.1:9', patient);
  expect(statusesOf(await crowd(() => get(target, device)))).toEqual([503]);
  await target.stop();
});

test('a Graph that falls silent after a create: the caller is told that the outcome is unknown, and soon', async () => {
  const target = await graphs.before((request) => {
    request.resume();
  }, patient);
  const creates = await crowd(() => post(target, '/v1.0/devices', linuxBox()));
  expect(statusesOf(creates)).toEqual([504]);
});

test('when the app ends, whoever waits for another attempt gets 503 and not a broken connection', async () => {
  let asked: () => void = () => undefined;
  const isAsked = new Promise<void>((resolve) => (asked = resolve));
  const target = await graphs.before(
    (request, response) => {
      request.resume();
      response.writeHead(503, { 'Retry-After': '30' }).end();
      response.on('close', asked);
    },
    { GRAPH_TIME_BUDGET_S: '200' },
  );
  const answer = get(target, device);
  await isAsked;
  await new Promise((resolve) => setTimeout(resolve, 100)); // The gateway has read it and waits.
  await target.stop();
  expect((await answer).status).toBe(503);
  expect(errorOf(await answer).message).toBe('The service is stopping. Try again.');
});

test('a read that took too long for Graph (408) is repeated', async () => {
  let calls = 0;
  const target = await graphs.before((_request, response) => {
    calls += 1;
    if (calls === 1) response.writeHead(408).end();
    else response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ id }));
  });
  expect([(await get(target, device)).status, calls]).toEqual([200, 2]);
});

/** A firewall or API Management, which knows nothing of Graph's errors. */
const inHtml =
  (status: number, headers = {}): RequestListener =>
  (request, response) => {
    request.resume();
    response.writeHead(status, { 'Content-Type': 'text/html', ...headers }).end('<html>No.</html>');
  };

test.each([400, 401, 403, 404])(
  'a refusal in HTML keeps its status %i: it tells what happened, and nothing was created',
  async (status) => {
    const target = await graphs.before(inHtml(status));
    for (const answer of [await get(target, device), await post(target, '/v1.0/devices', linuxBox())]) {
      expect([answer.status, errorOf(answer).code, answer.text.includes('html')]).toEqual([
        status,
        'UnknownError',
        false,
      ]);
    }
  },
);

test('a 429 in HTML keeps its Retry-After, and nothing was created', async () => {
  const target = await graphs.before(inHtml(429, { 'Retry-After': '30' }));
  const read = await get(target, device);
  expect([read.status, read.headers['retry-after']]).toEqual([429, '30']);
  expect((await post(target, '/v1.0/devices', linuxBox())).status).toBe(429);
});

test('a 404 in HTML is no word about a device whose create was not answered: nothing is repeated', async () => {
  let creates = 0;
  const target = await graphs.before((request, response) => {
    if (request.method === 'GET') {
      inHtml(404)(request, response);
      return;
    }
    creates += 1;
    request.resume();
    response.destroy();
  });
  const answer = await post(target, '/v1.0/devices', linuxBox());
  expect([answer.status, errorOf(answer).code, creates]).toEqual([504, 'OutcomeUnknown', 1]);
});

test('a link whose outcome nobody knows is told so, with what to look up; a link that never arrived is not', async () => {
  const user = '7f0c5b1e-0b7e-4c35-9f4b-0d5d6a7b8c9d';
  let isRead = false;
  const target = await graphs.before((request, response) => {
    request.resume();
    if (request.method === 'POST' && isRead) response.destroy();
    else if (request.method === 'POST') response.writeHead(429).end();
    else response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ id }));
  });
  expect((await post(target, `/v1.0/users/${user}/registeredDevices/$ref`, { id })).status).toBe(429);
  isRead = true;
  const answer = await post(target, `/v1.0/users/${user}/registeredDevices/$ref`, { id });
  expect([answer.status, bodyOf(answer)]).toMatchObject([
    504,
    {
      error: {
        code: 'OutcomeUnknown',
        details: [{ target: 'registeredUsers', message: expect.stringContaining(user) as string }],
      },
    },
  ]);
  expect(answer.text).toContain(id);
});
