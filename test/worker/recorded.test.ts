import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import apps from '../host/apps.json' with { type: 'json' };
import knownDifferences from '../host/known-differences.json' with { type: 'json' };
import { differences } from '../host/differences.ts';
import { exchange, type Vector } from '../host/replay.ts';
import recorded from '../host/vectors.json' with { type: 'json' };
import { buildProbe } from './buildProbe.ts';
import { openWorker } from './openWorker.ts';

const vectors = recorded as unknown as Vector[];

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'registrar-probe-'));
  await buildProbe('test/worker/probeApp.ts', folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/**
 * The stand-in for the worker against recordings of the real one: the same requests, the same probes, the real library.
 * What the other tests here say of our app holds on the platform because this holds.
 */
test.each(apps)(
  'what the real host and worker answered for the app "$name" is answered here',
  async ({ name, hostJson }) => {
    const worker = await openWorker(
      { PROBE_APP: name },
      {
        app: folder,
        prepare(copy) {
          mkdirSync(copy, { recursive: true });
          writeFileSync(join(copy, 'host.json'), JSON.stringify(hostJson));
        },
        log: () => undefined,
      },
    );
    const address = new URL(worker.base).host;
    const found: string[] = [];
    const mine = vectors.filter(({ app, id }) => app === name && !(id in knownDifferences));
    expect(mine).not.toEqual([]);
    const sender = async (): Promise<void> => {
      for (let vector = mine.pop(); vector; vector = mine.pop()) {
        const different = differences(vector, await exchange(address, vector.request), address);
        found.push(...different.map((difference) => `${vector.id}: ${difference}`));
      }
    };
    await Promise.all(Array.from({ length: 8 }, sender));
    await worker.stop();
    expect(found).toEqual([]);
  },
);
