import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from '../tools/bundle.ts';

/** The yardstick: one HTTP function that returns text. */
const emptyApp = `
import { app } from "@azure/functions";
app.http('empty', { route: 'health', handler: () => ({ body: 'I live.' }) });
`;

/** What a cold start is made of; all of it bundled in the same way, so that nothing but the app differs. */
export interface ColdApps {
  /** Stands for the Functions worker. */
  readonly worker: string;
  readonly empty: string;
  readonly ours: string;
}

/** @param folder an empty one */
export async function buildColdApps(folder: string): Promise<ColdApps> {
  const [worker, empty, ours] = ['worker', 'empty', 'ours'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await build({ ...bundleOptions, entryPoints: { main: 'test/worker/worker.ts' }, outdir: worker });
  await build({
    ...bundleOptions,
    external: ['@azure/functions-core'],
    stdin: { contents: emptyApp, resolveDir: process.cwd(), sourcefile: 'main.js' },
    outfile: join(empty, 'main.js'),
    splitting: false,
  });
  cpSync('dist', ours, { recursive: true });
  for (const file of ['package.json', 'host.json']) cpSync(join('dist', file), join(empty, file));
  writeFileSync(join(worker, 'package.json'), '{"type":"module"}');
  return { worker: join(worker, 'main.js'), empty, ours };
}
