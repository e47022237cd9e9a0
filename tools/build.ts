import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from './bundle.ts';
import { thirdPartyNotices } from './notices.ts';

/** The worker supplies this module; it is not on npm. */
const external = ['@azure/functions-core'];
const checkpointWorker = 'shared/directory/emulator/checkpointWorker.ts';

/** Of the explorer's viewer, what a browser loads, and the licences under which it may be handed on. */
const viewer = ['swagger-ui.css', 'swagger-ui-bundle.js', 'swagger-ui-bundle.js.LICENSE.txt', 'LICENSE', 'NOTICE'];

/** The explorer's files, as they are read at its first visit. */
async function copyPages(folder: string): Promise<void> {
  await cp('pages', folder, { recursive: true });
  for (const name of viewer) await cp(join('node_modules/swagger-ui-dist', name), join(folder, name));
}

/** `dist/`: the function app as Azure runs it. */
async function buildApp(): Promise<void> {
  await rm('dist', { recursive: true, force: true });
  const { metafile } = await build({
    ...bundleOptions,
    external,
    metafile: true,
    outdir: 'dist',
    entryPoints: { main: 'functions/main.ts', 'chunks/checkpointWorker': checkpointWorker },
  });
  const { name, version } = JSON.parse(await readFile('package.json', 'utf8')) as { name: string; version: string };
  const manifest = { name, version, private: true, type: 'module', main: 'main.js', engines: { node: '>=22' } };
  await writeFile('dist/package.json', `${JSON.stringify(manifest, null, 2)}\n`);
  await cp('host.json', 'dist/host.json');
  await writeFile('dist/THIRD-PARTY-NOTICES.txt', await thirdPartyNotices(metafile));
  await copyPages('dist/pages');
}

/** `.build/host/`: the same functions on the local host. */
async function buildHost(): Promise<void> {
  await rm('.build', { recursive: true, force: true });
  await mkdir('.build', { recursive: true });
  await build({
    ...bundleOptions,
    outdir: '.build/host',
    entryPoints: { main: 'host/main.ts', 'chunks/checkpointWorker': checkpointWorker },
  });
  await copyPages('.build/host/pages');
}

await Promise.all([buildApp(), buildHost()]);
