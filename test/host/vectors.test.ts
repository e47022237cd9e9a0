import type { HttpFunctionOptions } from '@azure/functions';
import { localApp } from '../../host/app.ts';
import { toHostJson } from '../../host/hostJson.ts';
import { functionsHost } from '../../host/server.ts';
import apps from './apps.json' with { type: 'json' };
import { differences } from './differences.ts';
import knownDifferences from './known-differences.json' with { type: 'json' };
import { probeHandler, type Probe } from './probe.ts';
import { exchange, type Vector } from './replay.ts';
import recorded from './vectors.json' with { type: 'json' };

const vectors = recorded as unknown as Vector[];
const known = new Map(Object.entries(knownDifferences as Record<string, string>));
/** Differences of each vector that has some, in text. */
const found = new Map<string, string>();

beforeAll(async () => {
  await Promise.all((apps as unknown as App[]).map(replayAll));
});

test.each([...new Set(vectors.map(({ theme }) => theme))])(
  'what the real host was seen to do about %s, this host does, but for the known differences',
  (theme) => {
    const ids = vectors.filter((vector) => vector.theme === theme).map(({ id }) => id);
    const failed = ids.filter((id) => found.has(id) && !known.has(id)).map((id) => `${id}: ${found.get(id) ?? ''}`);
    const passedAfterAll = ids.filter((id) => known.has(id) && !found.has(id));
    expect({ failed, passedAfterAll }).toEqual({ failed: [], passedAfterAll: [] });
  },
);

test('every known difference names a vector', () => {
  expect([...known.keys()].filter((id) => !vectors.some((vector) => vector.id === id))).toEqual([]);
});

interface App {
  readonly name: string;
  readonly hostJson: Record<string, unknown>;
  readonly functions: readonly Probe[];
}

async function replayAll({ name, hostJson, functions }: App): Promise<void> {
  const app = localApp();
  for (const probe of functions) {
    const { name: id, route, methods, authLevel } = probe;
    const options = { ...(route !== undefined && { route }), ...(methods && { methods }), authLevel };
    app.http(id, { ...options, handler: probeHandler(probe) } as unknown as HttpFunctionOptions);
  }
  const host = functionsHost(app.functions, { hostJson: toHostJson(hostJson, 'apps.json'), log: () => undefined });
  const { host: address } = await host.listen(0, '127.0.0.1');
  const mine = vectors.filter((vector) => vector.app === name);
  const send = async () => {
    for (let vector = mine.pop(); vector; vector = mine.pop()) {
      const diffs = differences(vector, await exchange(address, vector.request), address);
      if (diffs.length > 0) found.set(vector.id, diffs.join('; '));
    }
  };
  await Promise.all(Array.from({ length: 8 }, send));
  await host.stop({ graceMs: 0 });
}
