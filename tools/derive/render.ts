import type { Derived } from './derive.ts';
import { generatedMark } from './schema.ts';
import type { Schema } from './schema.ts';
import { renderTypes } from './types.ts';
import { renderValidators, renderValidatorTypes } from './validators.ts';

/**
 * Writes down what was derived.
 * @returns the content of each file by its path in the output folder, with forward slashes
 */
export async function render({
  examples,
  operations,
  schemas,
}: Omit<Derived, 'warnings'>): Promise<Map<string, string>> {
  const bodies = new Map<string, Schema>();
  const bodyNames = new Set([...operations.values()].map(({ body }) => body));
  for (const [name, schema] of schemas) if (bodyNames.has(name)) bodies.set(name, schema);
  const files = new Map<string, string>();
  files.set('examples.json', toJson(examples));
  files.set('operations.json', toJson(Object.fromEntries(operations)));
  for (const [name, schema] of schemas) files.set(`schemas/${name}.json`, toJson(schema));
  files.set('schemas.ts', renderSchemaList([...schemas.keys()]));
  files.set('types.ts', await renderTypes(schemas));
  files.set('validators.d.ts', renderValidatorTypes(bodies));
  files.set('validators.js', await renderValidators(bodies));
  return files;
}

/** One module that knows every schema by its name, for those who describe all of them. */
const renderSchemaList = (names: readonly string[]): string =>
  [
    `// ${generatedMark}`,
    ...names.map((name) => `import ${name} from './schemas/${name}.json' with { type: 'json' };`),
    '',
    '/** Every schema by its name. */',
    `export const schemas: Readonly<Record<string, object>> = {${names.length === 0 ? '' : ` ${names.join(', ')} `}};`,
    '',
  ].join('\n');

const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
