import type { IncomingMessage, ServerResponse } from 'node:http';
import { linuxBox } from '../support/devices.ts';
import { bodyOf, get, played, post } from '../support/gateway.ts';
import { openHost } from '../support/openHost.ts';
import type { Target } from '../support/target.ts';

/** More than is read of an answer of Graph. */
const tooLong = ' '.repeat(16 * 1024 * 1024);
const json = { 'Content-Type': 'application/json' };

const graphs = played();
let emulator: Target;
let gateway: Target;
/** Method and path of everything that arrived. */
let received: string[] = [];
beforeAll(async () => {
  emulator = await openHost();
  gateway = await graphs.before((request, response) => void handOn(request, response), {
    GRAPH_TIMEOUT_MS: '10000',
    GRAPH_TIME_BUDGET_S: '30',
  });
});
beforeEach(() => {
  received = [];
});
afterAll(async () => {
  await graphs.stop();
  await emulator.stop();
});

/** Lets the emulator answer; the answer of a batch becomes longer than is read. */
async function handOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const { method = '', url = '' } = request;
  received.push(`${method} ${url}`);
  const answer = await fetch(emulator.base + url, {
    method,
    headers: { authorization: 'Bearer adele', ...(chunks.length > 0 && json) },
    ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
  });
  const text = await answer.text();
  response.writeHead(answer.status, json).end(url.endsWith('/$batch') ? text + tooLong : text);
}

/** @returns what the emulator gave a new device as its object id */
const createBehind = async (): Promise<string> => String(bodyOf(await post(emulator, '/v1.0/devices', linuxBox())).id);

/** @returns the statuses of the responses by the ids of their requests */
async function batch(...requests: object[]): Promise<Record<string, number>> {
  const { responses } = bodyOf(await post(gateway, '/v1.0/$batch', { requests })) as {
    responses: { id: string; status: number }[];
  };
  return Object.fromEntries(responses.map(({ id, status }) => [id, status]));
}

test('a batch whose answers are too long together: what may be repeated travels alone, and what was done is told as done', async () => {
  const [changed, deleted] = [await createBehind(), await createBehind()];
  const statuses = await batch(
    { id: 'read', method: 'GET', url: '/me' },
    { id: 'change', method: 'PATCH', url: `/devices/${changed}`, headers: json, body: { displayName: 'New' } },
    { id: 'delete', method: 'DELETE', url: `/devices/${deleted}` },
  );
  expect(statuses).toEqual({ read: 200, change: 204, delete: 204 });
  expect(received.sort()).toEqual(
    ['POST /v1.0/$batch', 'GET /v1.0/me', `PATCH /v1.0/devices/${changed}`, `DELETE /v1.0/devices/${deleted}`].sort(),
  );
  expect(bodyOf(await get(emulator, `/v1.0/devices/${changed}`)).displayName).toBe('New');
});

test('a batch of creates whose answers are too long together: each is looked up, and told as created', async () => {
  const boxes = [linuxBox(), linuxBox()];
  const statuses = await batch(
    ...boxes.map((body) => ({ id: body.deviceId, method: 'POST', url: '/devices', headers: json, body })),
  );
  expect(Object.values(statuses)).toEqual([201, 201]);
  expect(received.filter((request) => request.startsWith('GET /v1.0/devices(')).length).toBe(2);
});
