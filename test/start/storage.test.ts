import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { endLeftOvers, startApp, type RunningApp } from '../support/startApp.ts';

let folder: string;
const azurites = new Set<number>();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'registrar-storage-'));
  cpSync('host.json', join(folder, 'host.json'));
});
afterEach(() => {
  endLeftOvers();
  for (const pid of azurites) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  azurites.clear();
  rmSync(folder, { recursive: true });
});

const start = (env: Record<string, string> = {}): Promise<RunningApp> =>
  startApp({ LOCAL_STORAGE: 'azurite', EMULATOR_STORE: 'memory', ...env }, folder);

/** Waits until the app has started its storage; @returns the process of it */
async function azuriteOf(): Promise<number> {
  const { name, ports } = await eventually(() => JSON.parse(read('account.json')) as Account);
  await eventually(async () => {
    const answers = await Promise.all(Object.values(ports).map((port) => fetch(`http://127.0.0.1:${port}/${name}`)));
    return answers.map(({ status }) => status);
  });
  const pid = Number(read('azurite.pid'));
  azurites.add(pid);
  return pid;
}

interface Account {
  name: string;
  ports: Record<string, number>;
}

const read = (file: string): string => readFileSync(join(folder, '.data/azurite', file), 'utf8');

/** Tries until it works; the test's own time limit is the only one. */
async function eventually<T>(action: () => T | Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await action();
    } catch {
      await wait(30);
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('the app says where its storage is, starts it after it listens, and ends it when it stops', async () => {
  const app = await start();
  const pid = await azuriteOf();
  expect(app.output()).toContain('  storage    Azurite in .data/azurite\n');
  expect(await app.stop()).toBe(0);
  expect(isAlive(pid)).toBe(false);
  expect(app.output()).not.toContain('The stop was not a clean one');
});

test('the storage outlives kill -9 of the app, is found again by the next start, and ended by its stop', async () => {
  const crashed = await start();
  const pid = await azuriteOf();
  const account = read('account.json');
  await crashed.stop('SIGKILL');
  expect(isAlive(pid)).toBe(true);

  const next = await start();
  expect(read('account.json')).toBe(account);
  expect(await azuriteOf()).toBe(pid);
  expect(await next.stop()).toBe(0);
  expect(isAlive(pid)).toBe(false);
});

test('a stop in the middle of the start leaves nothing behind', async () => {
  const app = await start();
  expect(await app.stop()).toBe(0);
  expect(existsSync(join(folder, '.data/azurite/azurite.pid'))).toBe(false);
});

test('the gateway has storage as well', async () => {
  const app = await start({
    DIRECTORY_MODE: 'graph',
    AUTH_MODE: 'passthrough',
    GRAPH_CREDENTIAL: 'callerToken',
    GRAPH_BASE_URL: 'http://127.0.0.1:9',
  });
  await azuriteOf();
  expect(await app.stop()).toBe(0);
});

test('where Azurite is not installed the app says so in one line and goes on', async () => {
  cpSync('.build', join(folder, '.build'), { recursive: true });
  const app = await startApp(
    { LOCAL_STORAGE: 'azurite', EMULATOR_STORE: 'memory' },
    folder,
    [],
    join(folder, '.build/host/main.js'),
  );
  expect((await fetch(`${app.base}/health`)).status).toBe(200);
  expect(await app.stop()).toBe(0);
  expect(app.output()).toMatch(
    /^There is no storage for jobs: the package azurite is not installed\..*\nDevice Registrar/,
  );
  expect(app.output()).toContain('  storage    none: the package azurite is not installed\n');
});
