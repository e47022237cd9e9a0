import { linuxBox } from '../support/devices.ts';
import { faultyUpstream, type FaultyUpstream } from '../support/faultyUpstream.ts';
import { bodyOf, errorOf, gatewayTo, get, played, post } from '../support/gateway.ts';
import { openHost } from '../support/openHost.ts';
import type { Target } from '../support/target.ts';

describe('a gateway before a directory', () => {
  let emulator: Target;
  let upstream: FaultyUpstream;
  let gateway: Target;
  beforeAll(async () => {
    emulator = await openHost();
    upstream = await faultyUpstream(emulator.base, 0, () => 1);
    gateway = await gatewayTo(upstream.base, { GRAPH_TIMEOUT_MS: '5000' });
  });
  afterAll(async () => {
    await gateway.stop();
    await upstream.stop();
    await emulator.stop();
  });

  const documented = {
    accountEnabled: false,
    alternativeSecurityIds: [{ type: 2, key: 'base64Y3YxN2E1MWFlYw==' }],
    deviceId: '4c299165-6e8f-4b45-a5ba-c5d250a707ff',
    displayName: 'Test device',
    operatingSystem: 'linux',
    operatingSystemVersion: '1',
  };

  test('answers the documented create with addresses of its own, and the device is behind it', async () => {
    const created = await post(gateway, '/v1.0/devices', documented);
    expect(created.status).toBe(201);
    const { id, ...device } = bodyOf(created);
    expect(device).toMatchObject({ ...documented, alternativeSecurityIds: [{ key: 'base64Y3YxN2E1MWFlYw==' }] });
    expect(device['@odata.context']).toBe(`${gateway.base}/v1.0/$metadata#devices/$entity`);
    expect(created.headers.location).toBe(`${gateway.base}/v1.0/devices/${String(id)}`);
    expect((await get(emulator, `/v1.0/devices/${String(id)}`)).status).toBe(200);
    expect((await get(gateway, `/beta/devices/${String(id)}`)).status).toBe(200);
  });

  test('registers a device that the body names, by any of its names, and answers 201 with the object', async () => {
    const box = linuxBox();
    const { id } = bodyOf(await post(gateway, '/v1.0/devices', box));
    const bodies: [string, unknown][] = [
      ['/v1.0/me/registeredDevices/$ref', { id, deletedDateTime: '2017-01-01T00:00:34.0507931+03:00' }],
      [
        '/v1.0/users/grady@contoso.example/registeredDevices',
        { '@odata.id': `${gateway.base}/v1.0/devices/${String(id)}` },
      ],
      [
        '/v1.0/users/7f0c5b1e-0b7e-4c35-9f4b-0d5d6a7b8c9d/registeredDevices/$ref',
        { '@odata.id': `https://graph.microsoft.com/v1.0/devices(deviceId='${box.deviceId}')` },
      ],
    ];
    for (const [path, body] of bodies) {
      const answer = await post(gateway, path, body);
      expect([path, answer.status]).toEqual([path, 201]);
      expect(bodyOf(answer)).toMatchObject({ '@odata.type': '#microsoft.graph.device', id, deviceId: box.deviceId });
    }
    const listed = bodyOf(await get(gateway, '/v1.0/me/registeredDevices'));
    expect(listed).toMatchObject({
      '@odata.context': `${gateway.base}/v1.0/$metadata#directoryObjects`,
      value: [{ id }],
    });
    expect(bodyOf(await get(gateway, '/v1.0/users/grady@contoso.example/registeredDevices')).value).toHaveLength(1);
  });

  test('a body that names no device gets a 400 that says what to send', async () => {
    const answer = await post(gateway, '/v1.0/me/registeredDevices/$ref', {
      '@odata.type': '#microsoft.graph.directoryObject',
      deletedDateTime: '2017-01-01T00:00:34.0507931+03:00',
    });
    expect([answer.status, errorOf(answer).details?.[0]?.message]).toEqual([400, expect.stringContaining('@odata.id')]);
  });

  test("refuses in the directory's own words, with ids of its own", async () => {
    const box = linuxBox();
    await post(gateway, '/v1.0/devices', box);
    const conflict = await post(gateway, '/v1.0/devices', box);
    expect([conflict.status, errorOf(conflict)]).toEqual([
      400,
      expect.objectContaining({
        code: 'Request_BadRequest',
        details: [expect.objectContaining({ code: 'ObjectConflict' })],
      }),
    ]);
    const unknown = await get(gateway, '/v1.0/devices/98b7e341-e341-98b7-41e3-b79841e3b798');
    expect([unknown.status, errorOf(unknown).code]).toEqual([404, 'Request_ResourceNotFound']);
    expect(JSON.stringify(bodyOf(unknown))).toContain(String(unknown.headers['request-id']));
  });

  test('hands on the token, client-request-id and traceparent, and nothing else of the caller', async () => {
    upstream.headers.length = 0;
    await post(gateway, '/v1.0/devices', linuxBox(), {
      'client-request-id': '7d1bf7a1-7cfa-4a3b-a0a4-3a4a2c1d4e5f',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      cookie: 'a=b',
      'x-ms-client-principal': 'e30=',
      'x-forwarded-for': '10.0.0.1',
      te: 'trailers',
    });
    const [seen = {}] = upstream.headers;
    expect(seen).toMatchObject({
      authorization: 'Bearer adele',
      'client-request-id': '7d1bf7a1-7cfa-4a3b-a0a4-3a4a2c1d4e5f',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    });
    for (const name of ['cookie', 'x-ms-client-principal', 'x-forwarded-for', 'te'])
      expect(seen).not.toHaveProperty(name);
  });

  test('a reference to any other host is refused before anything leaves', async () => {
    upstream.headers.length = 0;
    const answer = await post(gateway, '/v1.0/me/registeredDevices/$ref', {
      '@odata.id': 'https://evil.example/v1.0/devices/98b7e341-e341-98b7-41e3-b79841e3b798',
    });
    expect([answer.status, upstream.headers.length]).toEqual([400, 0]);
  });
});

describe('a gateway before a Graph that', () => {
  const graphs = played();
  const { before } = graphs;
  afterEach(() => graphs.stop());

  test('is not there: 503 with Retry-After within the budget, and at once after a while', async () => {
    const target = await gatewayTo('http://127.0.0.1:9', { GRAPH_TIME_BUDGET_S: '1' });
    const first = await get(target, '/v1.0/devices/98b7e341-e341-98b7-41e3-b79841e3b798');
    expect([first.status, errorOf(first).code]).toEqual([503, 'serviceNotAvailable']);
    expect(Number(first.headers['retry-after'])).toBeGreaterThan(0);
    await Promise.all(
      Array.from({ length: 40 }, () => get(target, '/v1.0/devices/98b7e341-e341-98b7-41e3-b79841e3b798')),
    );
    const begun = performance.now();
    const later = await post(target, '/v1.0/devices', linuxBox());
    expect(later.status).toBe(503);
    expect(performance.now() - begun).toBeLessThan(500);
    await target.stop();
  });

  test('takes a create, says nothing, and may not be read: 504 with the deviceId to look up, and nothing is repeated', async () => {
    let creates = 0;
    const target = await before((request, response) => {
      request.resume();
      if (request.method === 'POST') {
        creates += 1;
        return; // No answer.
      }
      response
        .writeHead(403, { 'Content-Type': 'application/json' })
        .end('{"error":{"code":"Authorization_RequestDenied","message":"No."}}');
    });
    const box = linuxBox();
    const answer = await post(target, '/v1.0/devices', box);
    expect([answer.status, errorOf(answer).code, creates]).toEqual([504, 'OutcomeUnknown', 1]);
    expect(answer.text).toContain(box.deviceId);
  });

  test('has another device under the deviceId: the conflict, and never the device of somebody else', async () => {
    const box = linuxBox();
    const target = await before((request, response) => {
      request.resume();
      const [status, body] =
        request.method === 'POST'
          ? [503, '{}']
          : [
              200,
              JSON.stringify({
                ...box,
                id: '98b7e341-e341-98b7-41e3-b79841e3b798',
                createdDateTime: '2020-01-01T00:00:00Z',
              }),
            ];
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(body);
    });
    const answer = await post(target, '/v1.0/devices', box);
    expect([answer.status, errorOf(answer).details?.[0]?.code]).toEqual([400, 'ObjectConflict']);
  });

  test('asks for patience: its Retry-After is the floor, and reads are repeated', async () => {
    const times: number[] = [];
    const target = await before(
      (request, response) => {
        request.resume();
        times.push(performance.now());
        if (times.length === 1) response.writeHead(429, { 'Retry-After': '1' }).end();
        else
          response
            .writeHead(200, { 'Content-Type': 'application/json' })
            .end('{"id":"98b7e341-e341-98b7-41e3-b79841e3b798"}');
      },
      { GRAPH_TIME_BUDGET_S: '5' },
    );
    expect((await get(target, '/v1.0/devices/98b7e341-e341-98b7-41e3-b79841e3b798')).status).toBe(200);
    expect(Number(times[1]) - Number(times[0])).toBeGreaterThanOrEqual(990);
  });

  test('pages its lists: the next part is asked for at the gateway, with the query that Graph gave', async () => {
    const asked: (string | undefined)[] = [];
    const target = await before((request, response) => {
      asked.push(request.url);
      const next = asked.length === 1 && {
        '@odata.nextLink': 'https://graph.example/v1.0/users/x/registeredDevices?$top=1&$skiptoken=RFNwd&a=%20b',
      };
      const value = [{ '@odata.type': '#microsoft.graph.device', id: '98b7e341-e341-98b7-41e3-b79841e3b798' }];
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ ...next, value }));
    });
    const first = bodyOf(await get(target, '/v1.0/users/adele@contoso.example/registeredDevices?$top=1'));
    const link = String(first['@odata.nextLink']);
    expect(link).toBe(
      `${target.base}/v1.0/users/adele@contoso.example/registeredDevices?$top=1&$skiptoken=RFNwd&a=%20b`,
    );
    const second = bodyOf(await get(target, link.slice(target.base.length)));
    expect(second).not.toHaveProperty(['@odata.nextLink']);
    expect(second.value).toHaveLength(1);
    expect(asked).toEqual([
      '/v1.0/users/adele%40contoso.example/registeredDevices?$top=1',
      '/v1.0/users/adele%40contoso.example/registeredDevices?$top=1&$skiptoken=RFNwd&a=%20b',
    ]);
  });

  test('answers with more than can be read: 502, and the gateway lives on', async () => {
    let bytes = 0;
    const target = await before(
      (_request, response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        const chunk = Buffer.alloc(1024 * 1024, ' ');
        const more = (): void => {
          if (response.destroyed || bytes > 64 * 1024 * 1024) return;
          bytes += chunk.length;
          response.write(chunk, more);
        };
        more();
      },
      { GRAPH_TIMEOUT_MS: '10000', GRAPH_TIME_BUDGET_S: '20' },
    );
    const answer = await get(target, '/v1.0/devices/98b7e341-e341-98b7-41e3-b79841e3b798');
    expect([answer.status, errorOf(answer).code]).toEqual([502, 'generalException']);
    expect(bytes).toBeLessThan(64 * 1024 * 1024);
    expect((await get(target, '/health')).status).toBe(200);
  });

  test('trickles its answer: the call ends with its time, body included', async () => {
    const target = await before(
      (request, response) => {
        request.resume();
        response.writeHead(200, { 'Content-Type': 'application/json' });
        const drip = setInterval(() => response.write(' '), 50);
        response.on('close', () => clearInterval(drip));
      },
      { GRAPH_TIMEOUT_MS: '300', GRAPH_TIME_BUDGET_S: '1' },
    );
    expect((await get(target, '/v1.0/devices/98b7e341-e341-98b7-41e3-b79841e3b798')).status).toBe(503);
  });

  test('does not know a device yet that this gateway has just created: the read waits for it', async () => {
    const box = linuxBox();
    const id = '98b7e341-e341-98b7-41e3-b79841e3b798';
    let reads = 0;
    const target = await before(
      (request, response) => {
        request.resume();
        const json = { 'Content-Type': 'application/json' };
        if (request.method === 'POST') response.writeHead(201, json).end(JSON.stringify({ ...box, id }));
        else if ((reads += 1) < 3)
          response.writeHead(404, json).end('{"error":{"code":"Request_ResourceNotFound","message":"No."}}');
        else response.writeHead(200, json).end(JSON.stringify({ ...box, id }));
      },
      { GRAPH_TIME_BUDGET_S: '10' },
    );
    const unknown = '11111111-e341-98b7-41e3-b79841e3b798';
    expect((await get(target, `/v1.0/devices/${unknown}`)).status).toBe(404);
    expect(reads).toBe(1);
    await post(target, '/v1.0/devices', box);
    expect((await get(target, `/v1.0/devices(deviceId='${box.deviceId}')`)).status).toBe(200);
    expect(reads).toBe(3);
  });

  test('does not know the user: the refusal names the user and is not waited out', async () => {
    const id = '98b7e341-e341-98b7-41e3-b79841e3b798';
    const user = '7f0c5b1e-0b7e-4c35-9f4b-0d5d6a7b8c9d';
    let links = 0;
    const target = await before(
      (request, response) => {
        request.resume();
        const json = { 'Content-Type': 'application/json' };
        if (request.method === 'GET') {
          response.writeHead(200, json).end(JSON.stringify({ id, createdDateTime: new Date().toISOString() }));
          return;
        }
        links += 1;
        const message = `Resource '${user}' does not exist or one of its queried reference-property objects are not present.`;
        response.writeHead(404, json).end(JSON.stringify({ error: { code: 'Request_ResourceNotFound', message } }));
      },
      { GRAPH_TIME_BUDGET_S: '10' },
    );
    const answer = await post(target, `/v1.0/users/${user}/registeredDevices/$ref`, { id });
    expect([answer.status, links]).toEqual([404, 1]);
  });

  test('learns late of a new device: the reference is added as soon as it can be', async () => {
    let links = 0;
    const id = '98b7e341-e341-98b7-41e3-b79841e3b798';
    const target = await before(
      (request, response) => {
        request.resume();
        const json = { 'Content-Type': 'application/json' };
        if (request.method === 'GET') {
          response.writeHead(200, json).end(JSON.stringify({ id, createdDateTime: new Date().toISOString() }));
        } else {
          links += 1;
          if (links < 3)
            response.writeHead(404, json).end('{"error":{"code":"Request_ResourceNotFound","message":"No."}}');
          else response.writeHead(204).end();
        }
      },
      { GRAPH_TIME_BUDGET_S: '10' },
    );
    const answer = await post(target, `/v1.0/users/${id}/registeredDevices/$ref`, { id });
    expect([answer.status, links]).toEqual([201, 3]);
  });

  test.each(['', 'null', '"hello"', '{"id":', '{}'])(
    'answers 201 with the body %j: the device is looked up, and nothing is made up',
    async (body) => {
      const box = linuxBox();
      let isThere = false;
      const target = await before((request, response) => {
        request.resume();
        const json = { 'Content-Type': 'application/json' };
        if (request.method === 'POST') response.writeHead(201, json).end(body);
        else if (isThere) {
          const found = {
            ...box,
            id: '98b7e341-e341-98b7-41e3-b79841e3b798',
            createdDateTime: new Date().toISOString(),
          };
          response.writeHead(200, json).end(JSON.stringify(found));
        } else response.writeHead(200, json).end(body);
      });
      const unknown = await post(target, '/v1.0/devices', box);
      expect([unknown.status, errorOf(unknown).code]).toEqual([504, 'OutcomeUnknown']);
      isThere = true;
      const found = await post(target, '/v1.0/devices', box);
      expect([found.status, bodyOf(found).id]).toEqual([201, '98b7e341-e341-98b7-41e3-b79841e3b798']);
    },
  );

  test('takes creates and answers none: nobody whose create arrived is told that nothing happened', async () => {
    const arrived = new Set<string>();
    const target = await before((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        if (request.method === 'POST') {
          arrived.add((JSON.parse(text) as { deviceId: string }).deviceId);
          response.destroy();
        } else {
          response
            .writeHead(404, { 'Content-Type': 'application/json' })
            .end('{"error":{"code":"Request_ResourceNotFound"}}');
        }
      });
    });
    const boxes = Array.from({ length: 40 }, () => linuxBox());
    const answers = await Promise.all(boxes.map((box) => post(target, '/v1.0/devices', box)));
    const told = boxes.map(({ deviceId }, index) => [arrived.has(deviceId), answers[index]?.status]);
    expect(arrived.size).toBeGreaterThan(10);
    expect(told.filter(([hasArrived, status]) => status !== (hasArrived ? 504 : 503))).toEqual([]);
  });

  test('sends its answer drop by drop: the caller is not kept longer than the budget', async () => {
    const target = await before((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      const drops = setInterval(() => response.write(' '), 100);
      response.on('close', () => {
        clearInterval(drops);
      });
    });
    const begun = performance.now();
    expect((await get(target, '/v1.0/me/registeredDevices')).status).toBe(503);
    expect(performance.now() - begun).toBeLessThan(4000);
  });

  test('redirects: nothing follows it', async () => {
    let elsewhere = 0;
    const other = await graphs.serve((_request, response) => {
      elsewhere += 1;
      response.end('{}');
    });
    const target = await before((_request, response) => response.writeHead(307, { Location: `${other}/` }).end());
    expect([(await get(target, '/v1.0/me/registeredDevices')).status, elsewhere]).toEqual([502, 0]);
  });

  test('answers in another language: 502, and the caller does not see it', async () => {
    const target = await before((_request, response) => response.writeHead(200).end('<html>secret</html>'));
    const answer = await get(target, '/v1.0/me/registeredDevices');
    expect([answer.status, answer.text.includes('secret')]).toEqual([502, false]);
  });
});
