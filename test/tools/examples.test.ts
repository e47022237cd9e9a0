import { derive } from '../../tools/derive/derive.ts';
import { findPath } from '../../tools/derive/examplePath.ts';
import { block, createDevice, device, exampleOf, place, warningsOf } from './pages.ts';

const request = (annotation: object, content = 'POST /v1.0/devices') =>
  block({ blockType: 'request', ...annotation }, content);
const response = (annotation: object, content = 'HTTP/1.1 201 Created') =>
  block({ blockType: 'response', ...annotation }, content);
const examplesOf = (...blocks: string[]) =>
  derive([createDevice({ request: `## Examples\n\n${blocks.join('\n\n')}`, answer: '' }), device()]).examples;

test('an example is the request and the response as the page shows them', () => {
  expect(exampleOf(createDevice(), device())).toEqual({
    operation: 'createDevice',
    page: 'api/create-device.md',
    line: 45,
    name: 'create_device',
    request: {
      method: 'POST',
      url: 'https://graph.microsoft.com/v1.0/devices',
      path: '/v1.0/devices',
      headers: [['Content-Type', 'application/json']],
      body: '{ "displayName": "Test device" }',
    },
    response: {
      status: 201,
      statusText: 'Created',
      headers: [['Content-Type', 'application/json']],
      body: '{ "id": "id-value" }',
      type: 'microsoft.graph.device',
      truncated: true,
    },
  });
});

test('a body is kept byte for byte, without the line ends at its end', () => {
  const [example] = examplesOf(
    request({}, 'POST /v1.0/devices\nX: a: b \n\n{ "displayName":\n\n  "ä | \\u0041" }  \n\n'),
    response({}),
  );
  expect(example?.request.body).toBe('{ "displayName":\n\n  "ä | \\u0041" }  ');
  expect(example?.request.headers).toEqual([['X', 'a: b']]);
});

test('a body need not be JSON where its content type says so', () => {
  const [example] = examplesOf(
    request({}, 'POST /v1.0/devices\nContent-Type: text/csv\n\nname,deviceId\nbox,1'),
    response({}, 'HTTP/1.1 200 OK\nContent-Type: text/plain\n\n893'),
  );
  expect(example?.request.body).toBe('name,deviceId\nbox,1');
  expect(example?.response.body).toBe('893');
});

test('responses find their requests by name, or else follow them', () => {
  const examples = examplesOf(
    request({ name: 'first' }),
    request({ name: 'second' }),
    response({ name: 'first' }, 'HTTP/1.1 201 One'),
    response({ name: 'second' }, 'HTTP/1.1 202 Two'),
    request({}),
    response({ name: 'no request has this name' }, 'HTTP/1.1 204'),
  );
  expect(examples.map(({ name, response: { statusText } }) => [name, statusText])).toEqual([
    ['first', 'One'],
    ['second', 'Two'],
    [undefined, ''],
  ]);
});

test('what an annotation says of a response is kept', () => {
  const [example] = examplesOf(
    request({}),
    response({ isCollection: true, isEmpty: true, expectError: true, truncated: false }),
  );
  expect(example?.response).toEqual({
    status: 201,
    statusText: 'Created',
    headers: [],
    isCollection: true,
    isEmpty: true,
    expectError: true,
  });
});

test('blocks that are no request and no response are no examples', () => {
  const plain = '```http\nPOST /v1.0/elsewhere\n```';
  expect(examplesOf(plain, block({ blockType: 'example' }, '{}'), request({}), plain, response({}))).toHaveLength(1);
});

const templates = [
  '/devices',
  "/devices(deviceId='{deviceId}')",
  '/me/registeredDevices/$ref',
  '/users/{usersId}/registeredDevices/$ref',
];
test.each([
  ['https://graph.microsoft.com/v1.0/devices', '/v1.0/devices', true],
  ['http://127.0.0.1:7071/beta/devices', '/beta/devices', true],
  ['/v1.0/DEVICES', '/v1.0/DEVICES', true],
  ["/v1.0/devices?$filter=displayName eq 'a/b'", "/v1.0/devices?$filter=displayName%20eq%20'a/b'", true],
  ["/v1.0/devices(deviceId='4c29')", "/v1.0/devices(deviceId='4c29')", true],
  [
    '/v1.0/users/adele@contoso.example/registeredDevices/$ref',
    '/v1.0/users/adele@contoso.example/registeredDevices/$ref',
    true,
  ],
  ['/devices', '/v1.0/devices', false],
  ['https://graph.microsoft.com/docs\\api/me/registeredDevices', '/v1.0/me/registeredDevices/$ref', false],
  ['/v1.0/users/a/registeredDevices?x=1', '/v1.0/users/a/registeredDevices/$ref?x=1', false],
])('the address %s is understood as %s', (url, path, certain) => {
  expect(findPath(url, templates)).toEqual({ path, certain });
});

test('an address that no template fits is not understood', () => {
  expect(findPath('/v1.0/users', templates)).toBeUndefined();
});

test('an address that was guessed is warned of', () => {
  const page = createDevice({ request: request({}, 'POST https://graph.microsoft.com/docs\\api/devices') });
  expect(warningsOf(derive([page, device()]))).toEqual([
    `${place(page, 'docs')}: https://graph.microsoft.com/docs\\api/devices is no version and address of this page; taken for /v1.0/devices`,
  ]);
});

test('links to pages that are not there are warned of, in prose and in tables; other links are not followed', () => {
  const lead =
    'See [a](a.md), [b](../resources/device.md#top), [c](https://example.com/c.md), [d](/graph/d.md),\n[e](../e.md) and [f](#f).';
  const requestHeaders = '## Request headers\n\n|Name|Description|\n|-|-|\n|a|[g](../g.md)|';
  expect(warningsOf(derive([createDevice({ lead, requestHeaders }), device()]))).toEqual([
    'api/create-device.md:8: a.md leads to no file',
    'api/create-device.md:9: ../e.md leads to no file',
    'api/create-device.md:30: ../g.md leads to no file',
  ]);
});
