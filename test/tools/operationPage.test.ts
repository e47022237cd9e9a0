import { derive } from '../../tools/derive/derive.ts';
import { block, createDevice, device, operationOf, problems, table, warningsOf } from './pages.ts';

const good = [device()];
const permissionsOf = (...rows: string[]) =>
  operationOf(createDevice({ permissions: `## Permissions\n\n${table(...(rows as [string, ...string[]]))}` }), ...good)
    .permissions;

test('an operation carries all that its page says', () => {
  expect(operationOf(createDevice(), ...good)).toEqual({
    id: 'createDevice',
    title: 'Create device',
    description: 'Register a new device.',
    page: 'api/create-device.md',
    method: 'POST',
    paths: ['/devices'],
    permissions: {
      delegated: ['Directory.AccessAsUser.All'],
      delegatedPersonal: [],
      application: ['Device.ReadWrite.All', 'Directory.ReadWrite.All', 'Directory.Other.All'],
    },
    requestHeaders: [{ name: 'Authorization', description: 'Bearer {token}. Required.' }],
    body: 'deviceCreate',
    answer: { status: 201, type: 'microsoft.graph.device' },
  });
});

test.each([
  ['# Create device', 'createDevice'],
  ['# Create my registeredDevice', 'createMyRegisteredDevice'],
  ['# List user registeredDevices', 'listUserRegisteredDevices'],
  ['# device: delta', 'deviceDelta'],
  ['# Get **device** by `deviceId`', 'getDeviceByDeviceId'],
])('the title "%s" makes the id %s', (title, id) => {
  expect(operationOf(createDevice({ title }), ...good).id).toBe(id);
});

test('the description is the first paragraph without marks; namespace and included notes are passed over', () => {
  const lead =
    'Namespace: microsoft.graph\n\n[!INCLUDE [beta](beta.md)]\n\nRegister a **new** [device](../resources/device.md)\nin `the` directory.\n\nMore.';
  expect(operationOf(createDevice({ lead }), ...good).description).toBe('Register a new device in the directory.');
});

test('several addresses of one method are all listed, without version, query and trailing blanks', () => {
  const lines = [
    'POST /devices  ',
    '',
    'POST /me/registeredDevices/$ref',
    'POST https://graph.microsoft.com/v1.0/users/{id | userPrincipalName}/devices?$top=1',
    "POST /devices(deviceId='{deviceId}')",
  ];
  const httpRequest = `## HTTP Request\n${block({ blockType: 'ignored' }, lines.join('\n'))}`;
  expect(operationOf(createDevice({ httpRequest }), ...good).paths).toEqual([
    '/devices',
    '/me/registeredDevices/$ref',
    '/users/{id | userPrincipalName}/devices',
    "/devices(deviceId='{deviceId}')",
  ]);
});

test('permissions in one column keep the order from least to most privileged', () => {
  const { application } = permissionsOf(
    'Permission type|Permissions (from least to most privileged)',
    'Delegated (work or school account)|Device.Read.All',
    'Delegated (personal Microsoft account)|Not supported.',
    'Application|Device.Read.All, Directory.Read.All',
  );
  expect(application).toEqual(['Device.Read.All', 'Directory.Read.All']);
});

test('permissions under a header "from most to least privileged" are turned round', () => {
  const { application, delegatedPersonal } = permissionsOf(
    'Permission type|Permissions (from most to least privileged)',
    'Delegated (work or school account)|Device.Read.All',
    'Delegated (personal Microsoft account)|Not supported',
    'Application|Directory.ReadWrite.All, Device.ReadWrite.All and Device.Read.All',
  );
  expect(application).toEqual(['Device.Read.All', 'Device.ReadWrite.All', 'Directory.ReadWrite.All']);
  expect(delegatedPersonal).toEqual([]);
});

test('a cell that names no permission counts as none, with a warning', () => {
  const permissions = `## Permissions\n\n${table(
    'Permission type|Permissions (from least to most privileged)',
    'Delegated (work or school account)|**TODO: Determine scopes **',
    'Delegated (personal Microsoft account)|Not supported.',
    'Application|Not supported.',
  )}`;
  const derived = derive([createDevice({ permissions }), ...good]);
  expect(derived.operations.get('createDevice')?.permissions.delegated).toEqual([]);
  expect(warningsOf(derived)).toEqual([
    'api/create-device.md:14: "**TODO: Determine scopes **" names no permission; taken for "Not supported."',
  ]);
});

test('headers and parameters are read under the column names that pages use', () => {
  const operation = operationOf(
    createDevice({
      requestHeaders: `## Request Headers\n\n${table('Header|Value', 'Authorization|Bearer {token}')}`,
      parameters: [
        `## Optional query parameters\n\n${table('Parameter|Type|Description', '$select|String|Which properties.')}`,
        `## Path parameters\n\n${table('Property|Value|Description', 'id|String|The object id.')}`,
      ].join('\n\n'),
    }),
    ...good,
  );
  expect(operation.requestHeaders).toEqual([{ name: 'Authorization', description: 'Bearer {token}' }]);
  expect(operation.queryParameters).toEqual([{ name: '$select', type: 'String', description: 'Which properties.' }]);
  expect(operation.pathParameters).toEqual([{ name: 'id', type: 'String', description: 'The object id.' }]);
});

test('without an example of success the Response section says what is answered', () => {
  const response =
    '## Response\n\nIf successful, this method returns a `200 OK` response code and a collection of [device](../resources/device.md) objects.';
  const failing = block({ blockType: 'response', expectError: true }, 'HTTP/1.1 400 Bad Request');
  const page = createDevice({ response, answer: failing });
  expect(operationOf(page, ...good).answer).toEqual({
    status: 200,
    type: 'microsoft.graph.device',
    isCollection: true,
  });
});

test('the first example that does not show a failure says what is answered', () => {
  const second = [
    block({ blockType: 'response' }, 'HTTP/1.1 409 Conflict'),
    block({ blockType: 'request', name: 'create_device_again' }, 'POST /v1.0/devices'),
    block({ blockType: 'response', isCollection: true, '@odata.type': '#microsoft.graph.DEVICE' }, 'HTTP/1.1 200 OK'),
  ].join('\n\n');
  const { answer } = operationOf(createDevice({ answer: second }), ...good);
  expect(answer).toEqual({ status: 200, type: 'microsoft.graph.device', isCollection: true });
});

test('an answer that is no JSON names its media type', () => {
  const shown = (contentType: string): string =>
    block({ blockType: 'response' }, `HTTP/1.1 200 OK\nContent-type: ${contentType}\n\n3`);
  expect(operationOf(createDevice({ answer: shown('text/plain;charset=utf-8') }), ...good).answer).toEqual({
    status: 200,
    mediaType: 'text/plain',
  });
  expect(operationOf(createDevice({ answer: shown('Application/json; x=1') }), ...good).answer).toEqual({
    status: 200,
  });
});

test('an operation that takes no body, by its method or by its words, has none', () => {
  const requestBody = '## Request body\n\nDon’t supply a request body for this method.';
  const httpRequest = `## HTTP request\n\n${block({ blockType: 'ignored' }, 'GET /devices')}`;
  const request = block({ blockType: 'request' }, 'GET /v1.0/devices');
  expect(operationOf(createDevice({ requestBody }), ...good).body).toBeUndefined();
  expect(operationOf(createDevice({ httpRequest, request }), ...good).body).toBeUndefined();
});

test('tabs, notes and page annotations of the docs platform are no part of a page', () => {
  const request = [
    '## Example\n\n# [HTTP](#tab/http)',
    block({ blockType: 'request' }, 'POST /v1.0/devices'),
    '# [C#](#tab/csharp)\n[!INCLUDE [sample](../includes/sample.md)]\n\n---',
    '<!-- uuid: 8fcb5dbc\n2015-10-25 -->\n<!-- {\n  "type": "#page.annotation"\n}-->',
  ].join('\n\n');
  expect(problems(createDevice({ request }), ...good)).toEqual([]);
});

test('pages that are neither operation nor resource are passed over, whatever is wrong with them', () => {
  const guide = { path: 'guide.md', text: '# Guide\n\n|a|\n|-|\n\n```http\nPOST /x' };
  const sources = { path: 'sources.md', text: '---\ntitle: [\n---\n\n<!-- { "blockType": "request" -->\n' };
  expect(problems(guide, sources)).toEqual([]);
});
