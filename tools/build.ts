import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { bundleApp, bundleHeavy } from './bundle.ts';

/** The worker supplies this module; it is not on npm. */
const external = ['@azure/functions-core'];

/** Threads: those who start them find them beside themselves. They share no modules with the app, so they share no files either. */
const threads = {
  checkpointWorker: 'shared/directory/emulator/checkpointWorker.ts',
  telemetryWorker: 'shared/telemetry/telemetryWorker.ts',
};

/** Made once, and copied to both. */
const late = '.build/late';

/** `dist/`: the function app as Azure runs it. */
async function buildApp(): Promise<void> {
  await bundleApp({ external, outdir: 'dist', entryPoints: { main: 'functions/main.ts' } });
  const { name, version } = JSON.parse(await readFile('package.json', 'utf8')) as { name: string; version: string };
  const manifest = { name, version, private: true, type: 'module', main: 'main.js', engines: { node: '>=22' } };
  await writeFile('dist/package.json', `${JSON.stringify(manifest, null, 2)}\n`);
  await cp('host.json', 'dist/host.json');
}

/** `.build/host/`: the same functions on the local host. */
const buildHost = (): Promise<unknown> => bundleApp({ outdir: '.build/host', entryPoints: { main: 'host/main.ts' } });

await rm('dist', { recursive: true, force: true });
await rm('.build', { recursive: true, force: true });
await mkdir('.build');
await Promise.all([
  buildApp(),
  buildHost(),
  bundleApp({ outdir: late, entryPoints: threads, chunkNames: '[name]-[hash]' }),
  bundleHeavy(late),
]);
await cp(late, 'dist/chunks', { recursive: true });
await cp(late, '.build/host/chunks', { recursive: true });
