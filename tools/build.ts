import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { bundleApp, bundleHeavy } from './bundle.ts';
import { thirdPartyNotices } from './notices.ts';

/** The worker supplies this module; it is not on npm. */
const external = ['@azure/functions-core'];

/** Threads: those who start them find them beside themselves. They share no modules with the app, so they share no files either. */
const threads = {
  checkpointWorker: 'shared/directory/emulator/checkpointWorker.ts',
  telemetryWorker: 'shared/telemetry/telemetryWorker.ts',
};

/** Made once, and copied to both. */
const late = '.build/late';

/** Of the explorer's viewer, what a browser loads, and the licences under which it may be handed on. */
const viewer = ['swagger-ui.css', 'swagger-ui-bundle.js', 'swagger-ui-bundle.js.LICENSE.txt', 'LICENSE', 'NOTICE'];

/** The explorer's files, as they are read at its first visit. */
async function copyPages(folder: string): Promise<void> {
  await cp('pages', folder, { recursive: true });
  for (const name of viewer) await cp(join('node_modules/swagger-ui-dist', name), join(folder, name));
}

/** `dist/`: the function app as Azure runs it; the licences of what is in it come last. */
async function buildApp(): Promise<Metafile> {
  const metafile = await bundleApp({ external, outdir: 'dist', entryPoints: { main: 'functions/main.ts' } });
  const { name, version } = JSON.parse(await readFile('package.json', 'utf8')) as { name: string; version: string };
  const manifest = { name, version, private: true, type: 'module', main: 'main.js', engines: { node: '>=22' } };
  await writeFile('dist/package.json', `${JSON.stringify(manifest, null, 2)}\n`);
  await cp('host.json', 'dist/host.json');
  // For azd and Core Tools, which deploy the folder itself: what is for here only.
  await writeFile('dist/.funcignore', '*.map\nlocal.settings.json\n');
  await copyPages('dist/pages');
  return metafile;
}

/** `.build/host/`: the same functions on the local host. */
async function buildHost(): Promise<void> {
  await bundleApp({ outdir: '.build/host', entryPoints: { main: 'host/main.ts' } });
  await copyPages('.build/host/pages');
}

// The package, which is in .build as well, stays until the next one is made.
for (const folder of ['dist', '.build/host', late]) await rm(folder, { recursive: true, force: true });
await mkdir('.build', { recursive: true });
const [app, , ofThreads, heavy] = await Promise.all([
  buildApp(),
  buildHost(),
  bundleApp({ outdir: late, entryPoints: threads, chunkNames: '[name]-[hash]' }),
  bundleHeavy(late),
]);
await cp(late, 'dist/chunks', { recursive: true });
await cp(late, '.build/host/chunks', { recursive: true });
await writeFile('dist/THIRD-PARTY-NOTICES.txt', await thirdPartyNotices([app, ofThreads, ...heavy]));
