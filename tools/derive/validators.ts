import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bodyAjv } from './bodyAjv.ts';
import { isObject } from './json.ts';
import { annotationKeywords, generatedMark, toTypeName } from './schema.ts';
import type { Schema } from './schema.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** How many errors one body is told; a hostile one could have millions. */
const mostErrors = 1000;

/** One module that judges all bodies, each by a function of its schema's name; it needs nothing at run time. */
export async function renderValidators(bodies: ReadonlyMap<string, Schema>): Promise<string> {
  if (bodies.size === 0) return `// ${generatedMark}\nexport {};\n`;
  const ajv = bodyAjv([...bodies.values()].map((schema) => withoutAnnotations(schema) as Schema));
  const code = standalone.default(ajv, Object.fromEntries([...bodies.keys()].map((name) => [name, `${name}.json`])));
  const capped = code.replaceAll(/vErrors\.push\((\w+)\)/g, `if(vErrors.length < ${mostErrors}) vErrors.push($1)`);
  const { outputFiles } = await build({
    stdin: {
      contents: `import * as bounded from './bounded.ts';\n${capped}`,
      resolveDir: join(root, 'tools/derive'),
      sourcefile: 'validators.js',
    },
    absWorkingDir: root,
    // Paths stand in the text; they say the same wherever the packages really are.
    preserveSymlinks: true,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    banner: { js: `// ${generatedMark}` },
  });
  return outputFiles[0]?.text ?? '';
}

/** What only people read would be carried about by the module. */
function withoutAnnotations(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutAnnotations);
  if (!isObject(schema)) return schema;
  const dropped = ['$comment', 'title', 'description', 'readOnly', ...annotationKeywords];
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword, value]) => !dropped.includes(keyword) || isObject(value))
      .map(([keyword, value]) => [keyword, withoutAnnotations(value)]),
  );
}

/** The types of the module: each function is a guard that leaves what is wrong in `errors`. */
export function renderValidatorTypes(bodies: ReadonlyMap<string, Schema>): string {
  const names = [...bodies.keys()];
  if (names.length === 0) return `// ${generatedMark}\nexport {};\n`;
  return `// ${generatedMark}
import type { ${names.map(toTypeName).join(', ')} } from './types.ts';

/** One thing that is wrong with a body; \`instancePath\` is a JSON pointer, '' is the body itself. */
export interface BodyError {
  instancePath: string;
  schemaPath: string;
  keyword: string;
  params: Record<string, unknown>;
  message?: string;
}

/** Judges a body and finds all that is wrong with it; \`errors\` are those of the latest call. */
export interface BodyValidator<T> {
  (data: unknown): data is T;
  errors?: BodyError[] | null;
}

${names.map((name) => `export declare const ${name}: BodyValidator<${toTypeName(name)}>;`).join('\n')}
`;
}
