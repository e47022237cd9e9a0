import { linuxBox } from '../support/devices.ts';
import { bodyOf, errorOf, gatewayTo, get, played, post, remove } from '../support/gateway.ts';
import { graphDirectory } from '../../shared/directory/graph/graphDirectory.ts';
import { breaker } from '../../shared/directory/graph/breaker.ts';
import { callerTokens } from '../../shared/directory/graph/callerTokens.ts';

const graphs = played();
afterEach(() => graphs.stop());

const id = '98b7e341-e341-98b7-41e3-b79841e3b798';
const json = { 'Content-Type': 'application/json' };
const unknown = '{"error":{"code":"Request_ResourceNotFound","message":"No."}}';

test('a query goes to Graph as it came, of lists and of single reads, and eventual consistency with it', async () => {
  const seen: unknown[] = [];
  const target = await graphs.before((request, response) => {
    seen.push([request.url, request.headers.consistencylevel]);
    response.writeHead(200, json).end(JSON.stringify({ id, value: [] }));
  });
  await get(target, `/v1.0/devices/${id}?$select=id,%20displayName`);
  await get(target, '/v1.0/me?$select=mail&x=1');
  await get(target, '/v1.0/me/registeredDevices?$count=true&$search=%22displayName:a%22', {
    consistencylevel: 'eventual',
  });
  expect(seen).toEqual([
    [`/v1.0/devices/${id}?$select=id,%20displayName`, undefined],
    ['/v1.0/me?$select=mail&x=1', undefined],
    ['/v1.0/me/registeredDevices?$count=true&$search=%22displayName:a%22', 'eventual'],
  ]);
});

test('no address of Graph stands in an answer, however deep; types and counts do', async () => {
  const graph = 'https://graph.example/v1.0';
  const owner = {
    '@odata.type': '#microsoft.graph.user',
    '@odata.id': `${graph}/users/1`,
    '@odata.editLink': `${graph}/users/1`,
    id: '1',
    'manager@odata.navigationLink': `${graph}/users/1/manager`,
  };
  const device = {
    '@odata.type': '#microsoft.graph.device',
    '@odata.id': `${graph}/devices/${id}`,
    '@odata.readLink': `${graph}/devices/${id}`,
    id,
    'registeredOwners@odata.context': `${graph}/$metadata#devices/registeredOwners`,
    'registeredOwners@odata.nextLink': `${graph}/devices/${id}/registeredOwners?$skiptoken=a`,
    'registeredOwners@odata.count': 7,
    'registeredOwners@odata.type': '#Collection(microsoft.graph.directoryObject)',
    registeredOwners: [owner],
    physicalIds: ['[USER]adele@odata.id'],
  };
  const target = await graphs.before((request, response) =>
    response.writeHead(200, json).end(JSON.stringify(request.url?.includes('/me/') ? { value: [device] } : device)),
  );
  const [listed] = bodyOf(await get(target, '/v1.0/me/registeredDevices?$expand=registeredOwners')).value as object[];
  const { '@odata.context': _context, ...read } = bodyOf(await get(target, `/v1.0/devices/${id}`));
  const left = {
    id,
    'registeredOwners@odata.count': 7,
    'registeredOwners@odata.type': '#Collection(microsoft.graph.directoryObject)',
    registeredOwners: [{ '@odata.type': '#microsoft.graph.user', id: '1' }],
    physicalIds: ['[USER]adele@odata.id'],
  };
  expect(listed).toEqual({ '@odata.type': '#microsoft.graph.device', ...left });
  expect(read).toEqual(left);
});

test('of the details of a refusal only texts are handed on', async () => {
  const details = [
    { code: 'ObjectConflict', target: 'deviceId', message: 'Taken.', stack: 'at Graph', token: 'Bearer ey' },
    { code: 'Odd', target: { a: 1 }, message: 'Odd.' },
    { code: { a: 1 }, message: 'No code.' },
    'text',
    null,
  ];
  const target = await graphs.before((_request, response) =>
    response
      .writeHead(400, json)
      .end(JSON.stringify({ error: { code: 'Request_BadRequest', message: 'No.', details } })),
  );
  expect(errorOf(await get(target, `/v1.0/devices/${id}`)).details).toEqual([
    { code: 'ObjectConflict', target: 'deviceId', message: 'Taken.' },
    { code: 'Odd', message: 'Odd.' },
  ]);
});

test('our own device is known by the bytes of its key, and with the type that Graph gave it', async () => {
  const { alternativeSecurityIds: _ids, ...box } = linuxBox();
  let creates = 0;
  const target = await graphs.before((request, response) => {
    request.resume();
    if (request.method === 'POST') {
      creates += 1;
      response.destroy();
      return;
    }
    const found = {
      ...box,
      id,
      alternativeSecurityIds: [{ type: 2, key: 'YWJjZGVmZw==', identityProvider: null }],
      createdDateTime: new Date().toISOString(),
    };
    response.writeHead(200, json).end(JSON.stringify(found));
  });
  for (const ids of [[{ type: 2, key: 'YWJjZGVmZx==' }], [{ key: 'YWJjZGVmZw==' }]]) {
    const created = await post(target, '/v1.0/devices', { ...box, alternativeSecurityIds: ids });
    expect([created.status, bodyOf(created).id]).toEqual([201, id]);
  }
  expect(creates).toBe(2);
});

describe('just after a create', () => {
  const box = linuxBox();

  test('its deviceId in the place of an object id names nothing, and nobody waits for it', async () => {
    let reads = 0;
    const target = await graphs.before(
      (request, response) => {
        request.resume();
        if (request.method === 'POST') {
          response.writeHead(201, json).end(JSON.stringify({ ...box, id }));
          return;
        }
        reads += 1;
        response.writeHead(404, json).end(unknown);
      },
      { GRAPH_TIME_BUDGET_S: '100' },
    );
    await post(target, '/v1.0/devices', box);
    expect([(await get(target, `/v1.0/devices/${box.deviceId}`)).status, reads]).toEqual([404, 1]);
    const link = await post(target, '/v1.0/me/registeredDevices/$ref', { id: box.deviceId });
    expect([link.status, reads]).toEqual([404, 2]);
  });

  test('a device that was deleted is gone, and nobody waits for it', async () => {
    const calls: string[] = [];
    const base = await graphs.serve((request, response) => {
      request.resume();
      calls.push(String(request.method));
      if (request.method === 'POST') response.writeHead(201, json).end(JSON.stringify({ ...box, id }));
      else if (request.method === 'DELETE') response.writeHead(204).end();
      else response.writeHead(404, json).end(unknown);
    });
    const directory = graphDirectory({
      baseUrl: base,
      tokens: callerTokens('https://login.microsoftonline.com'),
      breaker: breaker(() => new Date()),
      timeoutMs: 5000,
      patience: { budgetMs: 100_000, firstDelayMs: 50, random: () => 0.5 },
    })({ caller: { token: () => 'adele' }, version: 'v1.0', clientRequestId: 'deleted' });
    await directory.createDevice(box);
    await directory.deleteDevice({ deviceId: box.deviceId });
    await expect(directory.getDevice({ id })).rejects.toMatchObject({ status: 404 });
    expect(calls).toEqual(['POST', 'DELETE', 'GET']);
  });

  test('a link to a device that is deleted meanwhile is refused at the next answer, whoever created the device', async () => {
    let links = 0;
    const target = await graphs.before(
      (request, response) => {
        request.resume();
        if (request.method === 'GET') {
          response.writeHead(200, json).end(JSON.stringify({ ...box, id, createdDateTime: new Date().toISOString() }));
        } else if (request.method === 'DELETE') response.writeHead(204).end();
        else {
          links += 1;
          if (links === 1) void remove(target, `/v1.0/devices(deviceId='${box.deviceId}')`);
          response.writeHead(404, json).end(unknown);
        }
      },
      { GRAPH_TIME_BUDGET_S: '100' },
    );
    const answer = await post(target, `/v1.0/users/${id}/registeredDevices/$ref`, { id });
    expect([answer.status, links < 5]).toEqual([404, true]);
  });

  test('a link that Graph refuses with 400, because a part of it does not know the device yet, is made as soon as it can be', async () => {
    const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
    let links = 0;
    const target = await graphs.before(
      (request, response) => {
        request.resume();
        if (request.method === 'GET') {
          response.writeHead(200, json).end(JSON.stringify({ id, createdDateTime: new Date().toISOString() }));
        } else if ((links += 1) < 3) {
          response.writeHead(400, json).end(JSON.stringify({ error: { code: 'Request_BadRequest', message } }));
        } else response.writeHead(204).end();
      },
      { GRAPH_TIME_BUDGET_S: '10' },
    );
    const user = '7f0c5b1e-0b7e-4c35-9f4b-0d5d6a7b8c9d';
    const answer = await post(target, `/v1.0/users/${user}/registeredDevices/$ref`, { id });
    expect([answer.status, links]).toEqual([201, 3]);
  });
});

test('the caller of a token that only Graph can read is whoever Graph says', async () => {
  const user = '7f0c5b1e-0b7e-4c35-9f4b-0d5d6a7b8c9d';
  const calls: string[] = [];
  const target = await graphs.before((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      calls.push(`${String(request.method)} ${String(request.url)} ${text}`);
      if (request.method === 'POST') response.writeHead(204).end();
      else response.writeHead(200, json).end(JSON.stringify({ id: request.url === '/v1.0/me' ? user : id }));
    });
  });
  expect((await post(target, '/v1.0/me/registeredDevices/$ref', { id })).status).toBe(201);
  expect(calls).toEqual([
    `GET /v1.0/devices/${id} `,
    'GET /v1.0/me ',
    expect.stringMatching(
      new RegExp(`^POST /v1.0/devices/${id}/registeredUsers/\\$ref .*/v1.0/directoryObjects/${user}"}$`),
    ),
  ]);
});

test('a reference may be written with the address of the Graph behind', async () => {
  const base = await graphs.serve((request, response) => {
    request.resume();
    if (request.method === 'POST') response.writeHead(204).end();
    else response.writeHead(200, json).end(JSON.stringify({ id }));
  });
  const target = await gatewayTo(base);
  const answer = await post(target, '/v1.0/me/registeredDevices/$ref', { '@odata.id': `${base}/v1.0/devices/${id}` });
  expect([answer.status, bodyOf(answer).id]).toEqual([201, id]);
  await target.stop();
});

test("CONTRACT=current holds before Graph as well: what today's Graph does not have is refused before anything leaves", async () => {
  let calls = 0;
  const target = await graphs.before(
    (request, response) => {
      request.resume();
      calls += 1;
      response.writeHead(201, json).end(JSON.stringify({ ...linuxBox(), id }));
    },
    { CONTRACT: 'current' },
  );
  expect((await post(target, '/v1.0/me/registeredDevices', { id })).status).toBe(400);
  expect((await post(target, '/v1.0/me/registeredDevices/$ref', { id })).status).toBe(405);
  const key = { alternativeSecurityIds: [{ type: 2, key: 'base64Y3YxN2E1MWFlYw==' }] };
  expect((await post(target, '/v1.0/devices', { ...linuxBox(), ...key })).status).toBe(400);
  expect(calls).toBe(0);
  expect((await post(target, '/v1.0/devices', linuxBox())).status).toBe(201);
});

test('an application that may delete devices and read nothing deletes one by the address of an object', async () => {
  const calls: string[] = [];
  const target = await graphs.before((request, response) => {
    request.resume();
    calls.push(`${request.method} ${request.url}`);
    const isThere = request.url === `/v1.0/devices/${id}`;
    const denied = '{"error":{"code":"Authorization_RequestDenied","message":"No."}}';
    if (request.method === 'GET') response.writeHead(403, json).end(denied);
    else response.writeHead(isThere ? 204 : 404, json).end(isThere ? undefined : unknown);
  });
  const other = '11111111-e341-98b7-41e3-b79841e3b798';
  expect((await remove(target, `/v1.0/directoryObjects/${id}`)).status).toBe(204);
  expect((await remove(target, `/v1.0/directoryObjects/${other}`)).status).toBe(403);
  expect(calls).toEqual([
    `DELETE /v1.0/devices/${id}`,
    `DELETE /v1.0/devices/${other}`,
    `GET /v1.0/directoryObjects/${other}`,
  ]);
});
