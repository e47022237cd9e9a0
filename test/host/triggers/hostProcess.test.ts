import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { QueueClient } from '@azure/storage-queue';
import { build } from 'esbuild';
import { bundleOptions } from '../../../tools/bundle.ts';
import { openAzurite, type OpenAzurite } from '../../support/openAzurite.ts';

/** Where no `node_modules` is near, so that whatever the build left out shows. */
const folder = mkdtempSync(join(tmpdir(), 'registrar-triggers-'));

let storage: OpenAzurite;
beforeAll(async () => {
  storage = await openAzurite();
  await build({
    ...bundleOptions,
    outdir: folder,
    entryPoints: { host: 'test/host/triggers/hostProcess.ts' },
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const queues = { maxPollingInterval: '00:00:00.2' };
  writeFileSync(join(folder, 'host.json'), JSON.stringify({ version: '2.0', extensions: { queues } }));
});

const running = new Set<ChildProcess>();
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await storage.stop();
  rmSync(folder, { recursive: true });
});

interface Host {
  lines(): string[];
  /** @returns the exit code, null when the signal ended it */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** A host in a process of its own, out of built files. */
function startHost(queue: QueueClient, manner = ''): Host {
  const child = spawn(process.execPath, [join(folder, 'host.js'), join(folder, 'host.json'), manner], {
    cwd: folder,
    env: { AzureWebJobsStorage: storage.connectionString, QUEUE: queue.name },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  return {
    lines: () => said.split('\n').filter((line) => line !== ''),
    async end(signal) {
      const ended = once(child, 'close');
      child.kill(signal);
      return ((await ended) as [number | null])[0];
    },
  };
}

/** Waits until a host has said something; the test's own time limit is the only one. */
async function says(host: Host, line: string): Promise<void> {
  while (!host.lines().includes(line)) await wait(30);
}

async function queueWith(message: string): Promise<QueueClient> {
  const queue = storage.queue();
  await queue.create();
  await queue.sendMessage(Buffer.from(message).toString('base64'));
  return queue;
}

test('a message whose host was killed comes again when its time is over, and says that it was taken before', async () => {
  const queue = await queueWith('{"range":1}');
  const first = startHost(queue, 'hang');
  await says(first, 'begins {"range":1} 1');
  await first.end('SIGKILL');
  const second = startHost(queue);
  await says(second, 'begins {"range":1} 2');
  while (((await queue.getProperties()).approximateMessagesCount ?? 0) > 0) await wait(30);
  expect(await second.end('SIGTERM')).toBe(0);
  expect(second.lines().sort()).toEqual(['begins {"range":1} 2', 'finished', 'nightly']);
});

test('a host that is told to stop gives up what does not end, and the message stays', async () => {
  const queue = await queueWith('{"range":2}');
  const host = startHost(queue, 'hang');
  await says(host, 'begins {"range":2} 1');
  expect(await host.end('SIGTERM')).toBe(0);
  expect(host.lines()).toContain('given up');
  expect((await queue.getProperties()).approximateMessagesCount).toBe(1);
});
