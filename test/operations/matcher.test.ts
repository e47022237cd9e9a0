import fc from 'fast-check';
import { routesOf } from '../../functions/bindings/route.ts';
import { buildRoutes } from '../../host/routes.ts';
import { localApp } from '../../host/app.ts';
import { operations } from '../../shared/api.ts';
import { matcher } from '../../shared/operations/matcher.ts';

const find = matcher(operations);

/** The same operations as the host finds them: by the routes of their functions. */
const app = localApp();
for (const { id, method, paths } of operations) {
  for (const { name, route } of routesOf({ id, paths })) {
    app.http(name, { methods: [method as 'GET'], route, authLevel: 'anonymous', handler: () => ({}) });
  }
}
const routes = buildRoutes(app.functions, '');

const id = '98b7e341-e341-98b7-41e3-b79841e3b798';
const paths = [...new Set(operations.flatMap((operation) => operation.paths))].map((path) =>
  path.replace(/\{\w+\}/g, id),
);
const piece = fc.constantFrom(
  '',
  '/',
  '$',
  '/$ref',
  '/$count',
  '/graph.device',
  '%2F',
  "'",
  ')',
  id,
  'x',
  'DEVICES',
  '\n',
);

const address = fc
  .tuple(
    fc.constantFrom(...paths),
    fc.boolean(),
    fc.option(fc.tuple(fc.nat(120), fc.nat(4), piece), { freq: 3 }),
    fc.constantFrom('', '/', '/$count', '/microsoft.graph.device'),
  )
  .map(([path, isUpper, change, end]) => {
    const changed = change ? path.slice(0, change[0]) + change[2] + path.slice(change[0] + change[1]) : path;
    return (isUpper ? changed.toUpperCase() : changed) + end;
  });

test('a request in a batch leads to the operation, and the values in its address, to which the host would lead it', () => {
  fc.assert(
    fc.property(fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE'), address, (method, path) => {
      const byHost = routes.match(method, `/v1.0${path}`);
      const found = find(method, path);
      const { version: _version, ...params } = byHost?.params ?? {};
      expect(found?.operation.id).toBe(byHost?.fn.name.replace(/ByDeviceId$/, ''));
      expect(found?.params ?? {}).toEqual(params);
    }),
    { numRuns: 5000 },
  );
});

test('a request in a batch finds every operation at each of its addresses', () => {
  const lost = operations.flatMap(({ id: operation, method, paths: addresses }) =>
    addresses.filter((path) => find(method, path.replace(/\{\w+\}/g, id))?.operation.id !== operation),
  );
  expect(lost).toEqual([]);
});
