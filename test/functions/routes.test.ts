import { functions } from '../../functions/index.ts';
import { localApp } from '../../host/app.ts';
import { buildRoutes } from '../../host/routes.ts';
import { operations } from '../../shared/api.ts';
import { compose, type Services } from '../../shared/compose.ts';
import { readConfig } from '../../shared/config/readConfig.ts';

let services: Services;
const app = localApp();

beforeAll(async () => {
  services = await compose(readConfig({ EMULATOR_STORE: 'memory' }, true), () => undefined);
  for (const register of functions) register(app, services);
});

/** Functions that are no operations. */
const beside = ['connector', 'explorer', 'health', 'openapi', 'zUnmatched'];

/** The function that serves an address of an operation. */
const nameOf = (id: string, path: string): string => (path.includes('{deviceId}') ? `${id}ByDeviceId` : id);

test('every operation has a function of its name and one where it takes a deviceId; beside them there are only these', () => {
  const names = operations.flatMap(({ id, paths, isOurs }) => [
    ...paths.map((path) => nameOf(id, path)),
    ...(isOurs ? [`${id}Unversioned`] : []),
  ]);
  expect(app.functions.map(({ name }) => name).sort()).toEqual([...new Set(names), ...beside].sort());
});

test('the host takes all of them', () => {
  expect(buildRoutes(app.functions, '').rejected).toEqual([]);
});

test('no route begins with admin or runtime, which the host keeps for itself', () => {
  expect(app.functions.filter(({ route }) => /^\/?(admin|runtime)/i.test(String(route)))).toEqual([]);
});

test('zUnmatched is the last function in the order of names', () => {
  expect(
    app.functions
      .map(({ name }) => name.toUpperCase())
      .sort()
      .at(-1),
  ).toBe('ZUNMATCHED');
});

/** One address for each path of each operation, in both versions, and of ours without one. */
const addresses = operations.flatMap(({ id, method, paths, isOurs }) =>
  paths.flatMap((path) =>
    ['/v1.0', '/beta', ...(isOurs ? [''] : [])].map((version) => ({
      name: version === '' ? `${id}Unversioned` : nameOf(id, path),
      method,
      path: `${version}${path.replaceAll(/\{[^}]+\}/g, '98b7e341-e341-98b7-41e3-b79841e3b798')}`,
    })),
  ),
);

test.each(addresses)(
  '$method $path is taken by $name and, apart from zUnmatched, by nothing else',
  ({ name: expected, method, path }) => {
    const takers = app.functions.filter((fn) => buildRoutes([fn], '').match(method, path)).map(({ name }) => name);
    expect(takers.sort()).toEqual([expected, 'zUnmatched']);
  },
);

test.each([
  ['GET', "/v1.0/devices(deviceId='')"],
  ['GET', '/v1.0/devices(deviceId=98b7e341-e341-98b7-41e3-b79841e3b798)'],
  ['GET', "/v1.0/devices('98b7e341-e341-98b7-41e3-b79841e3b798')"],
  ['POST', '/v1.0/devices/98b7e341-e341-98b7-41e3-b79841e3b798/registeredUsers'],
])('%s %s, which only looks like an address, is left to zUnmatched', (method, path) => {
  expect(buildRoutes(app.functions, '').match(method, path)?.fn.name).toBe('zUnmatched');
});

test.each([
  ['/', 'explorer'],
  ['/explorer', 'explorer'],
  ['/explorer/swagger-ui.css', 'explorer'],
  ['/explorer/../host.json', 'zUnmatched'],
  ['/explorer/index.html', 'zUnmatched'],
  ['/explorer.css', 'zUnmatched'],
  ['/openapi.json', 'openapi'],
  ['/connector.json', 'connector'],
])('GET %s is taken by %s', (path, name) => {
  expect(buildRoutes(app.functions, '').match('GET', path)?.fn.name).toBe(name);
});

test('only reading is served beside the operations: everything else at / is left to zUnmatched', () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
    expect(buildRoutes(app.functions, '').match(method, '/')?.fn.name).toBe('zUnmatched');
  }
});
