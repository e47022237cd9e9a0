import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { QueueServiceClient } from '@azure/storage-queue';
import { azuriteIn, type Azurite, type AzuriteOptions } from '../../host/azurite.ts';
import { StartError } from '../../host/startError.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'registrar-azurite-'));
});

const open = new Set<Azurite>();
const servers = new Set<Server>();
afterEach(async () => {
  for (const azurite of open) await azurite.stop();
  for (const server of servers) server.close();
  open.clear();
  servers.clear();
  rmSync(folder, { recursive: true });
});

/** One app that uses the folder. */
async function appOn(options: Partial<AzuriteOptions> = {}): Promise<Azurite> {
  const azurite = await azuriteIn(folder, { log: mustNotBeCalled, ...options });
  if (!azurite) throw new Error('Azurite is not installed.');
  open.add(azurite);
  return azurite;
}

function mustNotBeCalled(line: string): void {
  throw new Error(`Azurite's keeper said: ${line}`);
}

const pid = (): number => Number(readFileSync(join(folder, 'azurite.pid'), 'utf8'));

const jobs = ({ connectionString }: Azurite) =>
  QueueServiceClient.fromConnectionString(connectionString, { retryOptions: { maxTries: 1 } }).getQueueClient('jobs');

const portsIn = ({ connectionString }: Azurite): string[] =>
  [...connectionString.matchAll(/127\.0\.0\.1:(\d+)/g)].map(([, port = '']) => port);

/** Another program on a port. */
async function stranger(port: string): Promise<void> {
  const server = createServer((_request, response) => response.end('hello')).listen(Number(port), '127.0.0.1');
  servers.add(server);
  await once(server, 'listening');
}

test('the connection is known before anything runs, and holds once it has started; a stop ends the process', async () => {
  const azurite = await appOn();
  expect(new Set(portsIn(azurite)).size).toBe(3);
  await expect(jobs(azurite).create()).rejects.toThrow('ECONNREFUSED');
  await azurite.start();
  await jobs(azurite).create();
  const started = pid();
  await azurite.stop();
  expect(() => process.kill(started, 0)).toThrow('ESRCH');
});

test('the next start finds the data of the last one, at the same address', async () => {
  const first = await appOn();
  await first.start();
  await jobs(first).create();
  await jobs(first).sendMessage('kept');
  await first.stop();

  const second = await appOn();
  expect(second.connectionString).toBe(first.connectionString);
  await second.start();
  const { peekedMessageItems } = await jobs(second).peekMessages();
  expect(peekedMessageItems.map(({ messageText }) => messageText)).toEqual(['kept']);
});

test('several apps on one folder share one Azurite, and the last one that stops ends it', async () => {
  const apps = await Promise.all([appOn(), appOn(), appOn()]);
  await Promise.all(apps.map((app) => app.start()));
  expect(new Set(apps.map(({ connectionString }) => connectionString)).size).toBe(1);
  const [first, second, third] = apps;
  const shared = pid();
  await first.stop();
  await second.stop();
  await jobs(third).create();
  await third.stop();
  expect(() => process.kill(shared, 0)).toThrow('ESRCH');
});

test('an Azurite whose app has crashed is found again, and the app that finds it ends it', async () => {
  const crashed = await appOn({ watchMs: 3_600_000 });
  await crashed.start();
  open.delete(crashed);
  const orphan = pid();
  // As `kill -9` leaves it: a user whose process is gone.
  const [user = ''] = readdirSync(join(folder, 'users'));
  rmSync(join(folder, 'users', user));
  writeFileSync(join(folder, 'users', '999999999-gone'), '');

  const next = await appOn();
  await next.start();
  expect(pid()).toBe(orphan);
  await jobs(next).create();
  await next.stop();
  expect(() => process.kill(orphan, 0)).toThrow('ESRCH');
});

test('another program on a port makes it move, and the data moves along', async () => {
  const before = await appOn();
  await before.start();
  await jobs(before).create();
  await before.stop();
  const [, queuePort = ''] = portsIn(before);
  await stranger(queuePort);

  const after = await appOn();
  expect(portsIn(after)).not.toContain(queuePort);
  await after.start();
  expect(await jobs(after).exists()).toBe(true);
});

test('the number of a process that is long gone does no harm', async () => {
  writeFileSync(join(folder, 'azurite.pid'), '999999999');
  const azurite = await appOn();
  await azurite.start();
  expect(pid()).not.toBe(999_999_999);
  await jobs(azurite).create();
});

test('an Azurite that ends by itself is started again, and the log says what may be lost', async () => {
  const lines: string[] = [];
  const azurite = await appOn({ log: (line) => lines.push(line), watchMs: 50 });
  await azurite.start();
  const first = pid();
  process.kill(first, 'SIGKILL');
  while (lines.length === 0) await wait(20);
  for (;;) {
    if (
      await jobs(azurite)
        .create()
        .then(
          () => true,
          () => false,
        )
    )
      break;
    await wait(50);
  }
  expect(pid()).not.toBe(first);
  expect(lines).toEqual([
    'The storage of jobs has ended and is started again; what it took in its last five seconds may be lost.',
  ]);
});

test('an Azurite that cannot start is one line that says where to look', async () => {
  writeFileSync(join(folder, 'data'), 'where a folder should be');
  const azurite = await appOn();
  const log = join(folder, 'azurite.log');
  await expect(azurite.start()).rejects.toThrow(
    new StartError(`The storage of jobs did not start; ${log} may tell why. Jobs do not run.`),
  );
  expect(readFileSync(log, 'utf8')).toContain('EEXIST');
});

test('a program that takes a port between the two steps of a start is left alone', async () => {
  const azurite = await appOn();
  const [, , tablePort = ''] = portsIn(azurite);
  await stranger(tablePort);
  await expect(azurite.start()).rejects.toThrow(/^Another program has just taken a port of the storage of jobs/);
});

test('a damaged account is one line, and nothing is made in its place', async () => {
  writeFileSync(join(folder, 'account.json'), '{"name":"registrar"}');
  await expect(appOn()).rejects.toThrow(/account\.json is damaged; the storage it belongs to/);
});

test('the key can be read by its owner only', async () => {
  await appOn();
  expect(statSync(join(folder, 'account.json')).mode & 0o077).toBe(0);
});
