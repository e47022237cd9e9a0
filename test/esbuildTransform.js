import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { transformSync } from 'esbuild';

/** Lets jest read TypeScript and ES modules: esbuild strips the types, `import.meta.url` stays what it is in Node. */
export default {
  process(source, path) {
    return transformSync(source, {
      loader: path.endsWith('.ts') ? 'ts' : 'js',
      format: 'cjs',
      target: 'node22',
      sourcemap: 'inline',
      sourcefile: path,
      define: { 'import.meta.url': JSON.stringify(pathToFileURL(path).href) },
    });
  },
  getCacheKey: (source, path) => createHash('sha256').update(`esbuild 1\0${path}\0${source}`).digest('hex'),
};
