import { operations } from '../../shared/api.ts';
import type { OperationPage } from '../../shared/operations/operation.ts';
import { openWorker, type WorkerTarget } from './openWorker.ts';

const version = '{version:regex(^(v1\\.0|beta)$)}';

/**
 * The functions of an operation: one more where it takes a device by deviceId as well; `$ref` at the end of a route is optional
 * where the operation has an address without it.
 */
function functionsOf({ id, method, paths }: OperationPage): { name: string; route: string; methods: string[] }[] {
  const methods = [method];
  return paths.flatMap((path) => {
    if (path.includes('{deviceId}')) return [{ name: `${id}ByDeviceId`, route: version + path, methods }];
    if (paths.includes(`${path}/$ref`))
      return [{ name: id, route: `${version}${path}/{ref:regex(^\\$ref$)?}`, methods }];
    return paths.some((other) => path === `${other}/$ref`) ? [] : [{ name: id, route: version + path, methods }];
  });
}

const expected = [
  ...operations.flatMap(functionsOf),
  { name: 'openapi', route: 'openapi.json', methods: ['GET'] },
  { name: 'connector', route: 'connector.json', methods: ['GET'] },
  {
    name: 'explorer',
    route: expect.stringMatching(/^\{explorer:regex\(\^explorer\$\)\?\}\/\{asset:regex\(\^\(.*\)\$\)\?\}$/) as string,
    methods: ['GET'],
  },
  { name: 'health', route: 'health', methods: ['GET'] },
  {
    name: 'zUnmatched',
    route: '{*path}',
    methods: ['GET', 'POST', 'DELETE', 'HEAD', 'PATCH', 'PUT', 'OPTIONS'],
  },
];

let worker: WorkerTarget;
beforeAll(async () => {
  worker = await openWorker({ EMULATOR_STORE: 'memory' });
});
afterAll(() => worker.stop());

test(`the app is loaded by the Node that runs the tests, ${process.version}`, () => {
  expect(worker.nodeVersion).toBe(process.version);
});

test('the worker finds every operation, the descriptions, health and zUnmatched, and nothing else', () => {
  expect(worker.functions.map(({ name }) => name).sort()).toEqual(expected.map(({ name }) => name).sort());
});

test.each(expected)(
  '$name is open to anybody at $methods $route, and answers by its return value',
  ({ name, ...at }) => {
    expect(worker.functions.find((fn) => fn.name === name)?.bindings).toEqual([
      {
        type: 'httpTrigger',
        direction: 'in',
        name: expect.stringMatching(/^httpTrigger[0-9a-f]{10}$/) as string,
        authLevel: 'anonymous',
        properties: { supportsDeferredBinding: 'false' },
        ...at,
      },
      { type: 'http', direction: 'out', name: '$return' },
    ]);
  },
);

test('the host refuses none of them', () => {
  expect(worker.rejected).toEqual([]);
});

test('another process of the worker gives the same functions with the same bindings', async () => {
  const other = await openWorker({ EMULATOR_STORE: 'memory' });
  expect(other.functions).toEqual(worker.functions);
  await other.stop();
});

test('requests come as messages, not over a server of the worker, which would never answer for a handler that throws', () => {
  expect(worker.capabilities).toMatchObject({ RawHttpBodyBytes: 'true', RpcHttpBodyOnly: 'true' });
  expect(worker.capabilities).not.toHaveProperty('HttpUri');
});
