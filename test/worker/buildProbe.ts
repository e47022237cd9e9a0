import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from '../../tools/bundle.ts';

/** Makes a function app out of one file, in the way of the product's own build. */
export async function buildProbe(entryPoint: string, folder: string): Promise<void> {
  await build({
    ...bundleOptions,
    entryPoints: { main: entryPoint },
    outdir: folder,
    external: ['@azure/functions-core'],
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "main": "main.js" }');
}
