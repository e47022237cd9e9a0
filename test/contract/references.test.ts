import { readReference, readUserReference } from '../../shared/contract/references.ts';

const base = 'http://127.0.0.1:7071';
const id = '98b7e341-e341-98b7-41e3-b79841e3b798';

test.each([
  [`${base}/v1.0/devices/${id}`, { id, isDevice: true }],
  [`${base}/V1.0/Devices/${id}`, { id, isDevice: true }],
  [`http://localhost:7071/v1.0/devices/${id}`, { id, isDevice: true }],
  [`${base}/beta/devices/${id}`, { id, isDevice: true }],
  [`${base}/v1.0/devices('${id}')`, { id, isDevice: true }],
  [`${base}/v1.0/directoryObjects/${id}`, { id }],
  [`${base}/v1.0/devices(deviceId='${id}')`, { deviceId: id }],
  [`${base}/v1.0/devices%28deviceId%3D%27${id}%27%29`, { deviceId: id }],
  [`https://graph.microsoft.com/v1.0/devices/${id}`, { id, isDevice: true }],
  [`https://graph.microsoft.us/v1.0/directoryObjects/${id}`, { id }],
  [
    `https://graph.microsoft.com/v2/contoso/directoryObjects/${id}/Microsoft.DirectoryServices.Device`,
    { id, isDevice: true },
  ],
])('%s names %j', (url, reference) => {
  expect(readReference(url, base)).toEqual(reference);
});

test('the address of the directory behind is one of Graph, with its path', () => {
  const directory = 'https://api.contoso.com/graph';
  const read = (url: string): unknown => readReference(url, base, directory);
  expect(read(`${directory}/v1.0/devices/${id}`)).toEqual({ id, isDevice: true });
  expect(read(`https://API.contoso.com:443/graph/v1.0/devices(deviceId=%27${id}%27)`)).toEqual({ deviceId: id });
  expect(readUserReference(`${directory}/beta/users/${id}`, base, directory)).toBe(id);
  for (const elsewhere of ['https://api.contoso.com', `${directory}s`, 'http://api.contoso.com/graph']) {
    expect(refusalOf(`${elsewhere}/v1.0/devices/${id}`, read)).toMatchObject({ code: 'BadRequest' });
  }
});

const refusalOf = (url: string, read: (url: string, base: string) => unknown = readReference): unknown => {
  try {
    return read(url, base);
  } catch (error) {
    return error;
  }
};

test.each([
  ['', 'Invalid URL format specified in payload.'],
  [id, 'Invalid URL format specified in payload.'],
  [`directoryObjects/${id}`, 'Invalid URL format specified in payload.'],
  [`https:/graph.microsoft.com/v1.0/devices/${id}`, 'Invalid URL format specified in payload.'],
  [`https://evil.example/v1.0/devices/${id}`, 'Invalid URL format specified in payload.'],
  [`https://graph.microsoft.com@evil.example/v1.0/devices/${id}`, 'Invalid URL format specified in payload.'],
  [`http://user:pw@127.0.0.1:7071/v1.0/devices/${id}`, 'Invalid URL format specified in payload.'],
  [`${base}/v1.0\\devices\\${id}`, 'Invalid URL format specified in payload.'],
  [`${base}/v1.0/de\tvices/${id}`, 'Invalid URL format specified in payload.'],
  [`${base}/v1.0/devices/${id}\u0000`, 'Invalid URL format specified in payload.'],
  [`${base}/v1.0/devices/${id}?$select=id`, 'Invalid URL format specified in payload.'],
  [`http://127.0.0.1:7072/v1.0/devices/${id}`, 'Invalid URL format specified in payload.'],
  [`${base}/v1.0/devices%2F${id}`, 'Unsupported resource type in the reference of the payload.'],
  [`http://graph.microsoft.com/v1.0/devices/${id}`, 'Invalid URL format specified in payload.'],
  [`${base}/v1.0/users/${id}`, 'Unsupported resource type in the reference of the payload.'],
  [`${base}/v1.0/devices/linuxBox`, 'Unsupported resource type in the reference of the payload.'],
  [`${base}/v1.0/devices/${id}/registeredUsers`, 'Unsupported resource type in the reference of the payload.'],
  [`${base}/v1.0/devices/%E0%A4%A`, 'Unsupported resource type in the reference of the payload.'],
])('%j is refused, and the detail says what is expected', (url, message) => {
  expect(refusalOf(url)).toMatchObject({ code: 'BadRequest', message, details: [{ target: '@odata.id' }] });
});

test.each([
  [`${base}/v1.0/users/${id}`],
  [`${base}/beta/users/${id.toUpperCase()}`],
  [`${base}/v1.0/users('${id}')`],
  [`${base}/v1.0/users%28%27${id}%27%29`],
  [`${base}/v1.0/directoryObjects/${id}`],
  [`https://graph.microsoft.com/v1.0/directoryObjects('${id}')`],
  [`https://graph.microsoft.us/v1.0/users/${id}`],
  [`https://graph.microsoft.com/v2/contoso/directoryObjects/${id}/Microsoft.DirectoryServices.User`],
])('%s names a user', (url) => {
  expect(readUserReference(url, base)).toBe(id);
});

test.each([
  [`users/${id}`, 'Invalid URL format specified in payload.'],
  [`https://evil.example/v1.0/users/${id}`, 'Invalid URL format specified in payload.'],
  [`${base}/v1.0/devices/${id}`, 'Unsupported resource type in the reference of the payload.'],
  [`${base}/v1.0/devices(deviceId='${id}')`, 'Unsupported resource type in the reference of the payload.'],
  [`${base}/v1.0/users/adele@contoso.example`, 'Unsupported resource type in the reference of the payload.'],
  [`${base}/v1.0/users/${id}/registeredDevices`, 'Unsupported resource type in the reference of the payload.'],
  [
    `https://graph.microsoft.com/v2/contoso/directoryObjects/${id}/Microsoft.DirectoryServices.Device`,
    'Unsupported resource type in the reference of the payload.',
  ],
])('%j names no user, and the detail says what is expected', (url, message) => {
  expect(refusalOf(url, readUserReference)).toMatchObject({
    code: 'BadRequest',
    message,
    details: [{ target: '@odata.id' }],
  });
});
