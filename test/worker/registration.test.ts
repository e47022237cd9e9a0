import { operations } from '../../shared/api.ts';
import type { Operation } from '../../shared/operations/operation.ts';
import { openWorker, type WorkerTarget } from './openWorker.ts';

const version = '{version:regex(^(v1\\.0|beta)$)}';

/**
 * The functions of an operation: one more where it takes a device by deviceId as well, or is ours and needs no version. What may stand at the end of an address, such as
 * `$ref` or `$count`, is optional in the route.
 */
function functionsOf({ id, method, paths, isOurs }: Operation): { name: string; route: string; methods: string[] }[] {
  const stems = paths.filter(
    (path) =>
      !paths.some((other) => path !== other && path.startsWith(`${other}/`) && !path.slice(other.length).includes('{')),
  );
  const versioned = stems.map((stem) => {
    const ends = paths
      .filter((path) => path.startsWith(`${stem}/`))
      .map((path) => path.slice(stem.length + 1).split('/'));
    const words = (at: number): string =>
      [...new Set(ends.flatMap((end) => end[at] ?? []))]
        .flatMap((word) => (word.startsWith('microsoft.') ? [word, word.slice('microsoft.'.length)] : [word]))
        .map((word) => word.replaceAll('$', '\\$').replaceAll('.', '\\.'))
        .join('|');
    const view = words(0) === '' ? '' : `/{view:regex(^(${words(0)})$)?}`;
    const count = words(1) === '' ? '' : `/{count:regex(^(${words(1)})$)?}`;
    const route = `${version}${stem.replace(/\/\{(\w+)\}/g, '/{$1:regex(^[^$])}')}${view}${count}`;
    return { name: stem.includes('{deviceId}') ? `${id}ByDeviceId` : id, route, methods: [method] };
  });
  const unversioned = versioned.map(({ name, route, ...rest }) => ({
    name: `${name}Unversioned`,
    route: route.slice(version.length + 1),
    ...rest,
  }));
  return isOurs ? [...versioned, ...unversioned] : versioned;
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

/** What fires without a request. */
const triggered = [
  { name: 'registerRange', type: 'queueTrigger', queueName: 'registration-jobs' },
  { name: 'rejectPoison', type: 'queueTrigger', queueName: 'registration-jobs-poison' },
  { name: 'pickUpArrival', type: 'queueTrigger', queueName: 'registration-arrivals' },
  { name: 'sweepJobs', type: 'timerTrigger', schedule: '0 * * * * *' },
  { name: 'pickUpManifests', type: 'timerTrigger', schedule: '0 * * * * *' },
];

let worker: WorkerTarget;
beforeAll(async () => {
  worker = await openWorker({ EMULATOR_STORE: 'memory' });
});
afterAll(() => worker.stop());

test(`the app is loaded by the Node that runs the tests, ${process.version}`, () => {
  expect(worker.nodeVersion).toBe(process.version);
});

test('the worker finds every operation, the descriptions, health and zUnmatched, what works on jobs, and nothing else', () => {
  const names = [...expected, ...triggered].map(({ name }) => name);
  expect(worker.functions.map(({ name }) => name).sort()).toEqual(names.sort());
});

test.each(triggered)('$name has a $type', ({ name, ...trigger }) => {
  expect(worker.functions.find((fn) => fn.name === name)?.bindings).toMatchObject([trigger]);
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
