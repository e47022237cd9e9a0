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
      // jest's own loader has no `import()`.
      supported: { 'dynamic-import': false },
      sourcemap: 'inline',
      sourcefile: path,
      define: { 'import.meta.url': JSON.stringify(pathToFileURL(path).href) },
    });
  },
  getCacheKey: (source, path) => createHash('sha256').update(`esbuild 2\0${path}\0${source}`).digest('hex'),
};
