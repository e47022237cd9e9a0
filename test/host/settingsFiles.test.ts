import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readHostJson } from '../../host/hostJson.ts';
import { readLocalSettings } from '../../host/localSettings.ts';
import { StartError } from '../../host/startError.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'host-files-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const file = (content: string | object) => {
  const path = join(folder, 'file.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

test('host.json gives prefix and custom headers, by default api and none', () => {
  expect(readHostJson(file('\uFEFF{"version": "2.0"}'))).toMatchObject({ routePrefix: 'api', customHeaders: {} });
  const http = { routePrefix: '', customHeaders: { 'X-Frame-Options': 'DENY' } };
  expect(readHostJson(file({ version: '2.0', extensions: { http } }))).toMatchObject(http);
});

test('host.json says how queues are read, by default as the real host does', () => {
  expect(readHostJson(file({ version: '2.0' })).queues).toEqual({
    batchSize: 16,
    newBatchThreshold: 8 * availableParallelism(),
    maxDequeueCount: 5,
    visibilityTimeoutMs: 0,
    maxPollingIntervalMs: 60_000,
    messageEncoding: 'base64',
  });
  const queues = {
    batchSize: 4,
    newBatchThreshold: 0,
    maxDequeueCount: 3,
    visibilityTimeout: '00:00:30',
    maxPollingInterval: '00:00:02.5',
    messageEncoding: 'none',
  };
  expect(readHostJson(file({ version: '2.0', extensions: { queues } })).queues).toEqual({
    batchSize: 4,
    newBatchThreshold: 0,
    maxDequeueCount: 3,
    visibilityTimeoutMs: 30_000,
    maxPollingIntervalMs: 2500,
    messageEncoding: 'none',
  });
});

test.each([
  [[], 'extensions.queues" must be an object.'],
  [{ batchSize: 33 }, 'extensions.queues.batchSize" must be a whole number from 1 to 32.'],
  [{ newBatchThreshold: -1 }, 'extensions.queues.newBatchThreshold" must be a whole number from 0 to 10000.'],
  [{ maxDequeueCount: '5' }, 'extensions.queues.maxDequeueCount" must be a whole number from 1 to 1000000.'],
  [
    { visibilityTimeout: 30 },
    'extensions.queues.visibilityTimeout" must be a time such as "00:00:00", of 0 ms at least.',
  ],
  [
    { maxPollingInterval: '00:00:00.05' },
    'extensions.queues.maxPollingInterval" must be a time such as "00:01:00", of 100 ms at least.',
  ],
  [{ messageEncoding: 'utf8' }, 'extensions.queues.messageEncoding" must be "base64" or "none".'],
])('host.json with queues %j keeps the host from starting', (queues, message) => {
  const path = file({ version: '2.0', extensions: { queues } });
  expect(() => readHostJson(path)).toThrow(new StartError(`${path}: "${message}`));
});

test.each([
  ['{\n  "version": x\n}', ":2:14 is not JSON: Unexpected token 'x'"],
  ['{\n  "version": "2.0",\n}', ':3:1 is not JSON: Expected double-quoted property name'],
  ['{ "version": "2.0"', ":1:19 is not JSON: Expected ',' or '}' after property value"],
  ['{} x', ':1:4 is not JSON: Unexpected non-whitespace character'],
  ['', ':1:1 is not JSON: Unexpected end of JSON input'],
  ['[]', ':1:1 must hold an object.'],
  ['{}', ': "version" must be "2.0".'],
  ['{ "version": "1.0" }', ': "version" must be "2.0".'],
  ['{ "version": "2.0", "extensions": { "http": [] } }', ': "extensions.http" must be an object.'],
  [
    '{ "version": "2.0", "extensions": { "http": { "routePrefix": 1 } } }',
    ': "extensions.http.routePrefix" must be text.',
  ],
  [
    '{ "version": "2.0", "extensions": { "http": { "customHeaders": { "x": 1 } } } }',
    ': "extensions.http.customHeaders" must be an object of valid headers.',
  ],
  [
    '{ "version": "2.0", "extensions": { "http": { "customHeaders": { "a b": "c" } } } }',
    ': "extensions.http.customHeaders" must be an object of valid headers.',
  ],
])('host.json %j keeps the host from starting, in one line: %s', (content, message) => {
  const path = file(content);
  expect(() => readHostJson(path)).toThrow(new StartError(path + message));
});

test('a missing host.json keeps the host from starting', () => {
  expect(() => readHostJson(join(folder, 'host.json'))).toThrow(/host\.json does not exist; the smallest one is/);
});

test('local.settings.json gives values and where to listen; without the file there is nothing', () => {
  const path = file({ IsEncrypted: false, Values: { A: '1' }, Host: { LocalHttpPort: 7072, CORS: '*' } });
  expect(readLocalSettings(path)).toEqual({ values: { A: '1' }, host: { LocalHttpPort: 7072, CORS: '*' } });
  expect(readLocalSettings(join(folder, 'nosuch.json'))).toEqual({ values: {}, host: {} });
});

test.each([
  [{ Values: {} }, 'missing, which counts as true'],
  [{ IsEncrypted: true }, 'true'],
])('local.settings.json %j is encrypted: the message says what to do', (content, state) => {
  expect(() => readLocalSettings(file(content))).toThrow(
    new RegExp(`"IsEncrypted" is ${state}, and encrypted settings cannot be read here; run .* or set it to false`),
  );
});

test('all members of a wrong type in local.settings.json are named at once', () => {
  const path = file({
    IsEncrypted: false,
    Values: { A: 1, B: 'fine', C: { nested: true } },
    Host: { LocalHttpPort: 'x', CORSCredentials: 'yes' },
  });
  expect(() => readLocalSettings(path)).toThrow(
    new StartError(
      `${path} has members of a wrong type: "Values.A" (must be text), "Values.C" (must be text), ` +
        '"Host.LocalHttpPort" (must be a port number), "Host.CORSCredentials" (must be true or false).',
    ),
  );
});
