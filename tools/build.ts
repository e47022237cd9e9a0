import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { bundleApp, bundleHeavy } from './bundle.ts';

/** The worker supplies this module; it is not on npm. */
const external = ['@azure/functions-core'];

/** Threads of their own; those who start them find them beside themselves. */
const threads = {
  'chunks/checkpointWorker': 'shared/directory/emulator/checkpointWorker.ts',
  'chunks/telemetryWorker': 'shared/telemetry/telemetryWorker.ts',
};

/** `dist/`: the function app as Azure runs it. */
async function buildApp(): Promise<void> {
  await bundleApp({
    external,
    outdir: 'dist',
    entryPoints: { main: 'functions/main.ts', ...threads },
  });
  const { name, version } = JSON.parse(await readFile('package.json', 'utf8')) as { name: string; version: string };
  const manifest = { name, version, private: true, type: 'module', main: 'main.js', engines: { node: '>=22' } };
  await writeFile('dist/package.json', `${JSON.stringify(manifest, null, 2)}\n`);
  await cp('host.json', 'dist/host.json');
}

/** `.build/host/`: the same functions on the local host. */
async function buildHost(): Promise<void> {
  await bundleApp({
    outdir: '.build/host',
    entryPoints: { main: 'host/main.ts', ...threads },
  });
}

/** Made once, and copied to both. */
const heavy = '.build/heavy';

await rm('dist', { recursive: true, force: true });
await rm('.build', { recursive: true, force: true });
await mkdir('.build');
await Promise.all([buildApp(), buildHost(), bundleHeavy(heavy)]);
await cp(heavy, 'dist/chunks', { recursive: true });
await cp(heavy, '.build/host/chunks', { recursive: true });
