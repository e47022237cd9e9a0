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

test('every operation has a function of its name, and beside them there are only health and zUnmatched', () => {
  expect(app.functions.map(({ name }) => name).sort()).toEqual(
    [...operations.map(({ id }) => id), 'health', 'zUnmatched'].sort(),
  );
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

/** One address for each path of each operation, in both versions. */
const addresses = operations.flatMap(({ id, method, paths }) =>
  paths.flatMap((path) =>
    ['v1.0', 'beta'].map((version) => ({
      id,
      method,
      path: `/${version}${path.replaceAll(/\{[^}]+\}/g, '98b7e341-e341-98b7-41e3-b79841e3b798')}`,
    })),
  ),
);

test.each(addresses)(
  '$method $path is taken by $id and, apart from zUnmatched, by nothing else',
  ({ id, method, path }) => {
    const takers = app.functions.filter((fn) => buildRoutes([fn], '').match(method, path)).map(({ name }) => name);
    expect(takers.sort()).toEqual([id, 'zUnmatched']);
  },
);
