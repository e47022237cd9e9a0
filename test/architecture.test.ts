import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';

interface Room {
  /** Rooms it may import from, besides itself. */
  knows: string[];
  /** Packages and Node modules it may use. */
  uses: string[];
}

/** Which way the arrows go. A room is named by the longest path that a file begins with. */
const rooms: Record<string, Room> = {
  'shared/contract': { knows: [], uses: ['node:crypto'] },
  'shared/config': { knows: ['shared/contract'], uses: ['node:crypto', 'node:fs'] },
  'shared/auth': { knows: ['shared/contract'], uses: ['jose'] },
  'shared/telemetry': {
    knows: ['shared/contract'],
    uses: [
      '@azure/core-auth',
      '@azure/identity',
      '@opentelemetry/api',
      '@opentelemetry/api-logs',
      'applicationinsights',
      'node:util',
      'node:worker_threads',
    ],
  },
  'shared/directory': { knows: ['shared/contract', 'shared/telemetry'], uses: [] },
  'shared/directory/emulator': {
    knows: ['shared/contract', 'shared/directory'],
    uses: ['node:fs', 'node:path', 'node:sqlite', 'node:worker_threads'],
  },
  'shared/directory/graph': {
    knows: ['shared/contract', 'shared/directory', 'shared/telemetry'],
    uses: [
      '@azure/core-auth',
      '@azure/core-rest-pipeline',
      '@azure/identity',
      'node:async_hooks',
      'node:crypto',
      'node:timers/promises',
    ],
  },
  'shared/operations': {
    knows: ['shared/bulk/port.ts', 'shared/contract', 'shared/directory', 'shared/auth', 'shared/telemetry'],
    uses: [],
  },
  'shared/bulk/port.ts': { knows: ['shared/auth', 'shared/bulk', 'shared/bulk/rows'], uses: [] },
  'shared/description': { knows: ['shared/contract', 'shared/operations'], uses: [] },
  'shared/bulk': {
    knows: [
      'shared/auth',
      'shared/bulk/port.ts',
      'shared/bulk/report',
      'shared/bulk/rows',
      'shared/contract',
      'shared/directory',
      'shared/operations',
    ],
    uses: ['node:util'],
  },
  'shared/bulk/azureStorage': {
    knows: ['shared/bulk'],
    uses: [
      '@azure/core-auth',
      '@azure/data-tables',
      '@azure/identity',
      '@azure/storage-blob',
      '@azure/storage-queue',
      'node:stream',
    ],
  },
  'shared/bulk/report': { knows: [], uses: [] },
  'shared/bulk/rows': { knows: ['shared/contract'], uses: ['csv-parse', 'node:buffer', 'node:crypto'] },
  'shared/api.ts': { knows: ['shared/bulk', 'shared/operations'], uses: [] },
  'shared/composeJobs.ts': {
    knows: [
      'shared/bulk',
      'shared/bulk/azureStorage',
      'shared/bulk/port.ts',
      'shared/config',
      'shared/contract',
      'shared/directory',
    ],
    uses: ['node:crypto', 'node:timers/promises'],
  },
  'shared/compose.ts': {
    knows: [
      'shared/api.ts',
      'shared/auth',
      'shared/composeJobs.ts',
      'shared/config',
      'shared/contract',
      'shared/directory',
      'shared/directory/emulator',
      'shared/directory/graph',
      'shared/operations',
      'shared/telemetry',
    ],
    uses: ['node:crypto', 'node:path', 'node:util'],
  },
  functions: {
    knows: [
      'shared/api.ts',
      'shared/bulk',
      'shared/compose.ts',
      'shared/config',
      'shared/contract',
      'shared/description',
      'shared/operations',
    ],
    uses: ['@azure/functions', 'node:buffer', 'node:crypto', 'node:fs/promises', 'node:url'],
  },
  host: {
    knows: ['functions', 'shared/compose.ts', 'shared/config', 'shared/telemetry', 'tools/requireNode.cjs'],
    uses: ['@azure/functions', '@azure/storage-blob', '@azure/storage-queue', 'selfsigned', 'node:*'],
  },
  'tools/requireNode.cjs': { knows: [], uses: [] },
  // It talks HTTP, like any other client; of the host it only starts the built one.
  cli: { knows: ['shared/contract'], uses: ['cli-progress', 'commander', 'node:*'] },
  tools: {
    knows: ['shared/api.ts', 'shared/config', 'shared/contract', 'shared/description'],
    uses: [
      'ajv',
      'ajv-formats',
      'esbuild',
      'json-schema-to-typescript',
      'markdown-it',
      'prettier',
      'web-tree-sitter',
      'yaml',
      'node:*',
    ],
  },
  // What no address serves by itself is measured in the rooms; everything else over HTTP.
  bench: {
    knows: ['shared/contract', 'shared/directory/emulator', 'tools'],
    uses: ['@microsoft/microsoft-graph-client', 'esbuild', 'node:*'],
  },
};

/** Files at the border to a package: nothing else in their room may import it. */
const onlyIn: Record<string, string[]> = {
  '@azure/functions': ['functions/', 'host/'],
  '@azure/identity': [
    'shared/bulk/azureStorage/identity.ts',
    'shared/directory/graph/azureIdentity.ts',
    'shared/telemetry/ingestionCredential.ts',
  ],
  '@azure/data-tables': ['shared/bulk/azureStorage/'],
  '@azure/storage-blob': ['shared/bulk/azureStorage/', 'host/'],
  '@azure/storage-queue': ['shared/bulk/azureStorage/', 'host/'],
  applicationinsights: ['shared/telemetry/applicationInsights.ts'],
};

const files = Object.keys(rooms)
  .map((room) => room.split('/')[0] ?? room)
  .filter((top, index, all) => all.indexOf(top) === index)
  .flatMap((top) =>
    readdirSync(top, { recursive: true, encoding: 'utf8' })
      .map((name) => join(top, name))
      .filter((name) => name.endsWith('.ts')),
  );

/** `ajv/dist/standalone/index.js` belongs to `ajv`, `@azure/functions` to itself. */
const packageOf = (module: string): string =>
  module.startsWith('node:') ? module : module.split('/', module.startsWith('@') ? 2 : 1).join('/');

const roomOf = (file: string): string =>
  Object.keys(rooms)
    .filter((room) => file === room || file.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0] ?? `no room: ${file}`;

interface Arrow {
  from: string;
  to: string;
}

const arrows: Arrow[] = files.flatMap((from) =>
  [...readFileSync(from, 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, to = '']) => ({ from, to })),
);

const described = (list: Arrow[]): string[] => list.map(({ from, to }) => `${from} -> ${to}`);

test('every file has a room, and rooms import only what their line of the table says', () => {
  const inner = arrows.filter(({ to }) => to.startsWith('.'));
  const wrong = inner.filter(({ from, to }) => {
    const here = roomOf(from);
    const there = roomOf(normalize(join(dirname(from), to)));
    return here !== there && !rooms[here]?.knows.includes(there);
  });
  expect(inner.length).toBeGreaterThan(50);
  expect(files.map(roomOf).filter((room) => room.startsWith('no room'))).toEqual([]);
  expect(described(wrong)).toEqual([]);
});

test('a room uses only the packages that its line of the table names', () => {
  const outer = arrows.filter(({ to }) => !to.startsWith('.'));
  const wrong = outer.filter(({ from, to }) => {
    const uses = rooms[roomOf(from)]?.uses ?? [];
    return !uses.includes(packageOf(to)) && !(to.startsWith('node:') && uses.includes('node:*'));
  });
  expect(outer.length).toBeGreaterThan(20);
  expect(described(wrong)).toEqual([]);
});

test('Node modules are imported by their full name', () => {
  expect(described(arrows.filter(({ to }) => builtinModules.includes(to) && !to.startsWith('node:')))).toEqual([]);
});

test('packages with a border stay there', () => {
  const wrong = arrows.filter(({ from, to }) => onlyIn[to] && !onlyIn[to].some((place) => from.startsWith(place)));
  expect(described(wrong)).toEqual([]);
});
