import { deferred } from '../../shared/telemetry/deferred.ts';
import type { AnsweredRequest, Telemetry } from '../../shared/telemetry/port.ts';

const request = (requestId: string): AnsweredRequest => ({
  operation: 'getDevice',
  method: 'GET',
  isWrite: false,
  path: '/v1.0/devices/98b7e341-e341-98b7-41e3-b79841e3b798',
  startedAt: Date.parse('2026-01-15T09:30:00Z'),
  durationMs: 2.5,
  status: 200,
  ids: { requestId, clientRequestId: requestId },
  calls: [],
});

/** Remembers what it is told. */
function recorder(): Telemetry & { told: string[]; isClosed: boolean } {
  const told: string[] = [];
  return {
    told,
    isClosed: false,
    answered: ({ ids }) => void told.push(ids.requestId),
    close() {
      this.isClosed = true;
      return Promise.resolve();
    },
  };
}

const noWarning = (line: string): never => {
  throw new Error(`Nothing was to be warned of: ${line}`);
};

test('telemetry that is loaded late is told what it missed, in order, and then everything else', async () => {
  const heavy = recorder();
  let hasLoaded: () => void = () => undefined;
  const loading = new Promise<void>((resolve) => (hasLoaded = resolve));
  const load = () => loading.then(() => heavy);
  const telemetry = deferred({ load, warn: noWarning, delayMs: 0 });
  telemetry.answered(request('first'));
  await new Promise((resolve) => setTimeout(resolve, 5));
  telemetry.answered(request('while it is loaded'));
  expect(heavy.told).toEqual([]);
  hasLoaded();
  await new Promise(setImmediate);
  telemetry.answered(request('afterwards'));
  expect(heavy.told).toEqual(['first', 'while it is loaded', 'afterwards']);
  await telemetry.close();
  expect(heavy.isClosed).toBe(true);
});

test('an app that stops before telemetry is loaded tells it all the same', async () => {
  const heavy = recorder();
  const telemetry = deferred({ load: () => Promise.resolve(heavy), warn: noWarning, delayMs: 60_000 });
  telemetry.answered(request('only'));
  await telemetry.close();
  expect([heavy.told, heavy.isClosed]).toEqual([['only'], true]);
});

test('an app that was never asked anything loads nothing', async () => {
  const telemetry = deferred({ load: () => Promise.reject(new Error('loaded')), warn: noWarning });
  await expect(telemetry.close()).resolves.toBeUndefined();
});

test('requests that wait are bounded, and how many are missing is told', async () => {
  const heavy = recorder();
  const warned: string[] = [];
  const warn = (line: string) => void warned.push(line);
  const telemetry = deferred({ load: () => Promise.resolve(heavy), warn, delayMs: 60_000, limit: 2 });
  for (const id of ['1', '2', '3', '4', '5']) telemetry.answered(request(id));
  await telemetry.close();
  expect(heavy.told).toEqual(['1', '2']);
  expect(warned).toEqual([expect.stringMatching(/^Telemetry: 3 requests are missing/)]);
});

test('telemetry that cannot be loaded is one line of log, and requests go on', async () => {
  const warned: string[] = [];
  const telemetry = deferred({
    load: () => Promise.reject(new Error('no such file')),
    warn: (line) => void warned.push(line),
    delayMs: 0,
  });
  telemetry.answered(request('1'));
  await telemetry.close();
  telemetry.answered(request('2'));
  expect(warned).toEqual(['Telemetry could not be loaded, and nothing is recorded from now on: Error: no such file']);
});
