import { operations } from '../../shared/api.ts';
import { openWorker, type WorkerTarget } from './openWorker.ts';

const version = '{version:regex(^(v1\\.0|beta)$)}';

/** The route of an operation: `$ref` at its end is optional where the operation has an address without it. */
const routeOf = (paths: readonly string[]): string =>
  version + (paths.length === 1 ? String(paths[0]) : `${String(paths[1])}/{ref:regex(^\\$ref$)?}`);

const expected = [
  ...operations.map(({ id, method, paths }) => ({ name: id, route: routeOf(paths), methods: [method] })),
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

test('the worker finds every operation, health and zUnmatched, and nothing else', () => {
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
