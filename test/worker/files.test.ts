import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { send } from '../support/send.ts';
import { unsignedToken } from '../support/tokens.ts';
import { openWorker } from './openWorker.ts';

/** Everything that the entry point may take along before the first request, in bytes. */
const maxBytesAtStart = 360_000;

/** Packages whose loading would be felt at a cold start. */
const heavy = /^(?:applicationinsights|@azure\/(?!functions)|@opentelemetry\/|@microsoft\/)/;

/** What Node may load; the files in `pages/` are for browsers. */
const scripts = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.js') && !name.startsWith('pages/'),
);

let files: Metafile['inputs'];
beforeAll(async () => {
  const { metafile } = await build({
    entryPoints: scripts.map((name) => join('dist', name)),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outdir: 'unused',
    write: false,
    metafile: true,
  });
  files = metafile.inputs;
});

/** The files that are loaded together with one, itself first. */
function loadedWith(file: string, known: string[] = []): string[] {
  if (known.includes(file)) return known;
  const statics = files[file]?.imports.filter(({ kind, external }) => kind === 'import-statement' && !external) ?? [];
  return statics.reduce((found, { path }) => loadedWith(path, found), [...known, file]);
}

/** The packages that went into a built file, by its source map. */
function packagesOf(file: string): string[] {
  const { sources } = JSON.parse(readFileSync(`${file}.map`, 'utf8')) as { sources: string[] };
  return sources.flatMap((source) => /(?:node_modules\/|^webpack:\/\/)((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? []);
}

test('dist is a function app: host.json, and a package.json with a main that exists', () => {
  expect(JSON.parse(readFileSync('dist/host.json', 'utf8'))).toMatchObject({
    version: '2.0',
    extensions: { http: { routePrefix: '' } },
  });
  const manifest = JSON.parse(readFileSync('dist/package.json', 'utf8')) as { type: string; main: string };
  expect(manifest.type).toBe('module');
  expect(existsSync(join('dist', manifest.main))).toBe(true);
});

test('no file asks for a package, but for the one that the worker supplies', () => {
  const asked = scripts.flatMap((name) => {
    const file = join('dist', name);
    const required = [...readFileSync(file, 'utf8').matchAll(/\b__require\("([^"]+)"\)/g)].map(([, id = '']) => id);
    const imported = files[file]?.imports.filter(({ external }) => external).map(({ path }) => path) ?? [];
    return [...required, ...imported];
  });
  expect(asked).toContain('node:crypto');
  expect([...new Set(asked.filter((id) => !isBuiltin(id)))]).toEqual(['@azure/functions-core']);
});

test('what is loaded at start is small, and nothing heavy is in it', () => {
  const atStart = loadedWith('dist/main.js');
  const bytes = atStart.reduce((sum, file) => sum + (files[file]?.bytes ?? 0), 0);
  expect(bytes).toBeLessThan(maxBytesAtStart);
  const packages = [...new Set(atStart.flatMap(packagesOf))];
  expect(packages).toContain('@azure/functions');
  expect(packages.filter((name) => heavy.test(name))).toEqual([]);
  expect(atStart.flatMap((file) => files[file]?.imports.map(({ path }) => path) ?? [])).not.toContain('node:sqlite');
});

test('what a gateway loads for its first answer is small, and holds nothing of proxies, credentials, storage or telemetry', () => {
  const parts = scripts.find((name) => name.startsWith('chunks/parts-'));
  const atStart = loadedWith('dist/main.js');
  const besides = loadedWith(join('dist', String(parts))).filter((file) => !atStart.includes(file));
  expect(besides.reduce((sum, file) => sum + (files[file]?.bytes ?? 0), 0)).toBeLessThan(100_000);
  const packages = [...new Set(besides.flatMap(packagesOf))];
  expect(packages).toContain('@azure/core-rest-pipeline');
  expect(
    packages.filter((name) => /proxy-agent|identity|msal|storage|opentelemetry|applicationinsights/.test(name)),
  ).toEqual([]);
});

const entra = {
  EMULATOR_STORE: 'memory',
  AUTH_MODE: 'entra',
  ENTRA_TENANT_IDS: '8d6c5b4a-3f2e-4d1c-9b0a-1f2e3d4c5b6a',
  ENTRA_AUDIENCES: 'api://registrar',
};

test.each<[Record<string, string>, string[]]>([
  [{ EMULATOR_STORE: 'memory' }, ['openApi', 'toSwagger', 'pages', 'validators']],
  [{ EMULATOR_STORE: 'memory' }, ['sqliteStore', 'entraCallers', 'easyauthCallers', 'passthroughCallers']],
  [{ EMULATOR_STORE: 'sqlite' }, ['memoryStore']],
  [entra, ['emulatorCallers', 'easyauthCallers', 'passthroughCallers']],
])('an app with %j does not load %j', async (env, others) => {
  const worker = await openWorker(env, {
    prepare(folder) {
      const chunks = readdirSync(join(folder, 'chunks'));
      for (const other of others) {
        const unused = chunks.filter((name) => name.startsWith(`${other}-`));
        expect(unused).not.toEqual([]);
        for (const name of unused) rmSync(join(folder, 'chunks', name));
      }
    },
  });
  expect((await send(worker.base, { method: 'GET', path: '/health' })).status).toBe(200);
  await worker.stop();
});

test('an app that checks tokens has all it takes: an unsigned one is refused for what it is', async () => {
  const worker = await openWorker(entra);
  const token = unsignedToken({ tid: entra.ENTRA_TENANT_IDS, aud: entra.ENTRA_AUDIENCES, scp: 'User.Read' });
  const answer = await send(worker.base, {
    method: 'GET',
    path: '/v1.0/me/registeredDevices',
    headers: { authorization: `Bearer ${token}` },
  });
  expect(JSON.parse(answer.text)).toMatchObject({
    error: { code: 'InvalidAuthenticationToken', details: [{ code: 'InvalidSignature' }] },
  });
  await worker.stop();
});
