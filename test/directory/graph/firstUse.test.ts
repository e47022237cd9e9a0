import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { build, type Metafile } from 'esbuild';
import { bundleOptions } from '../../../tools/bundle.ts';

/** Packages that come with a token, and not before. */
const heavy = /node_modules\/(@azure\/(?!functions)|@typespec\/|open\/)/;

/** Where no `node_modules` is near, so that whatever the build left out shows. */
const folder = mkdtempSync(join(tmpdir(), 'registrar-built-'));
afterAll(() => rmSync(folder, { recursive: true }));

let outputs: Metafile['outputs'];
beforeAll(async () => {
  const { metafile } = await build({
    ...bundleOptions,
    outdir: folder,
    entryPoints: {
      host: 'host/main.ts',
      credentials: 'shared/directory/graph/credentials.ts',
      firstUse: 'test/directory/graph/firstUse.ts',
    },
    // Names of files alone, wherever the folder is.
    absWorkingDir: process.cwd(),
    metafile: true,
  });
  outputs = Object.fromEntries(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));
});

/** What goes into the files that are loaded together with one, itself included. */
function sourcesOf(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const { inputs = {}, imports = [] } = outputs[file] ?? {};
  const statics = imports.filter(({ kind, external }) => kind === 'import-statement' && !external);
  return [...Object.keys(inputs), ...statics.flatMap(({ path }) => sourcesOf(basename(path), seen))];
}

const isIdentity = (name: string): boolean => /^azureIdentity-.*\.js$/.test(name);

test.each(['host.js', 'credentials.js'])('%s loads nothing at its start that only tokens need', (file) => {
  const sources = sourcesOf(file);
  expect(sources.filter((source) => source.startsWith('shared/'))).not.toEqual([]);
  expect(sources.filter((source) => heavy.test(source))).toEqual([]);
});

test('what tokens need is a file of its own', () => {
  const [file = ''] = Object.keys(outputs).filter(isIdentity);
  expect(sourcesOf(file).some((source) => source.includes('node_modules/@azure/identity/'))).toBe(true);
});

const run = async (...credentials: string[]): Promise<unknown> => {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [join(folder, 'firstUse.js'), ...credentials],
    { cwd: folder, env: {} },
  );
  expect(stderr).toBe('');
  return JSON.parse(stdout);
};

test('the built files work at their first use, and not only at their start', async () => {
  expect(await run('clientSecret', 'clientCertificate', 'onBehalfOf', 'managedIdentity')).toEqual({
    clientSecret: 'token-1',
    clientCertificate: 'token-2',
    onBehalfOf: 'token-3',
    managedIdentity: 'token-4',
  });
});

test('callerToken does without the libraries: their file may be missing', async () => {
  const unused = readdirSync(join(folder, 'chunks')).filter(isIdentity);
  expect(unused).toHaveLength(1);
  for (const name of unused) rmSync(join(folder, 'chunks', name));
  expect(await run('callerToken')).toEqual({ callerToken: 'adele' });
});
