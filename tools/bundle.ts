import { dirname, join, resolve } from 'node:path';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';

/**
 * Heavy packages that are loaded late, and what is used of them. Each becomes a file of its own that shares nothing with the
 * others: what two files share is loaded with the first of them, and then a start would load parts of these.
 */
const apart: Readonly<Record<string, string>> = {
  '@azure/data-tables': '{ TableClient, odata }',
  '@azure/identity': '*',
  '@azure/storage-blob': '{ BlobServiceClient }',
  '@azure/storage-queue': '{ QueueServiceClient }',
  applicationinsights: '{ flushAzureMonitor, shutdownAzureMonitor, useAzureMonitor }',
};

const fileOf = (name: string): string => `${name.replace(/\W+/g, '-').replace(/^-/, '')}.js`;

/** Leads imports of packages that are bundled apart to their files; only what is loaded late may have such imports. */
const bundledApart: Plugin = {
  name: 'bundled apart',
  setup({ onResolve }) {
    onResolve({ filter: /^[@a-z]/ }, ({ path }) =>
      apart[path] === undefined ? undefined : { path: `./${fileOf(path)}`, external: true },
    );
  },
};

/** Parts of packages that are loaded though nobody uses them: no pipeline here goes through a proxy. */
const unused: Plugin = {
  name: 'unused',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^https?-proxy-agent$/ }, async ({ path, pluginData, ...rest }) =>
      pluginData === unused
        ? undefined
        : { ...(await resolve(path, { ...rest, pluginData: unused })), sideEffects: false },
    );
  },
};

/** As a module, this one asks the operating system for things that nobody here wants to know: a millisecond of each start. */
const globalProcess: Plugin = {
  name: 'global process',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(?:node:)?process$/ }, () => ({ path: 'process', namespace: 'global' }));
    onLoad({ filter: /./, namespace: 'global' }, () => ({ contents: 'module.exports = process;' }));
  },
};

/** Asks its service for settings once an hour, and nobody but the service learns of them. */
const poller: Plugin = {
  name: 'without poller',
  setup({ onLoad }) {
    onLoad({ filter: /monitor-opentelemetry-exporter.*configurationWorker\.js$/ }, ({ path }) => ({
      contents: `${path.includes('commonjs') ? 'exports.ConfigurationWorker =' : 'export const ConfigurationWorker ='} class { shutdown() {} };`,
    }));
  },
};

/** How the app is bundled; tests bundle parts of it in the same way. */
export const bundleOptions = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'esm',
  // What is loaded at first use becomes a file of its own.
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  sourcemap: true,
  logLevel: 'warning',
  // CommonJS packages inside an ES module still ask for `require`.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
} satisfies BuildOptions;

/**
 * Bundles the app; it finds the heavy packages beside its chunks, where {@link bundleHeavy} puts them.
 * @throws Error when a file elsewhere imports one of them
 */
export async function bundleApp(options: BuildOptions & { outdir: string }): Promise<Metafile> {
  const all = { ...bundleOptions, plugins: [bundledApart, unused, globalProcess], ...options };
  const { metafile } = await build({ ...all, metafile: true });
  const besideChunks = dirname(resolve(all.outdir, all.chunkNames));
  const files = Object.keys(apart).map((name) => `./${fileOf(name)}`);
  for (const [file, { imports }] of Object.entries(metafile.outputs)) {
    const lost = dirname(resolve(file)) === besideChunks ? undefined : imports.find(({ path }) => files.includes(path));
    if (lost) throw new Error(`${file} imports ${lost.path}, which is in ${besideChunks}`);
  }
  return metafile;
}

/**
 * Bundles the heavy packages, small, and without maps of code that is not ours.
 * @param outdir folder of the chunks of an app
 */
export const bundleHeavy = (outdir: string): Promise<Metafile[]> =>
  Promise.all(
    Object.entries(apart).map(async ([name, used]) => {
      const { metafile } = await build({
        ...bundleOptions,
        splitting: false,
        sourcemap: false,
        minify: true,
        keepNames: true,
        plugins: [poller],
        external: ['@azure/functions-core'],
        stdin: {
          contents: `export ${used} from ${JSON.stringify(name)};`,
          resolveDir: process.cwd(),
          sourcefile: `${name}.ts`,
        },
        outfile: join(outdir, fileOf(name)),
        metafile: true,
      });
      return metafile;
    }),
  );
