import type { Derived } from './derive.ts';
import { omit } from './json.ts';
import type { Operation } from './operationPage.ts';
import { generatedMark, toTypeName } from './schema.ts';
import type { Schema } from './schema.ts';
import { lastSegment } from './typeNames.ts';
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
  files.set('bodies.json', toJson(byName(bodies, toBody)));
  files.set('descriptions.json', toJson(byName(operations, toDescription)));
  files.set('examples.json', toJson(examples));
  files.set('operations.json', toJson(byName(operations, toServed)));
  for (const [name, schema] of schemas) files.set(`schemas/${name}.json`, toJson(schema));
  files.set('schemas.ts', renderSchemaList([...schemas.keys()]));
  files.set('types.ts', await renderTypes(schemas));
  files.set('validators.d.ts', renderValidatorTypes(bodies));
  files.set('validators.js', await renderValidators(bodies));
  return files;
}

const byName = <T>(map: ReadonlyMap<string, T>, write: (value: T, name: string) => object): object =>
  Object.fromEntries([...map].map(([name, value]) => [name, write(value, name)]));

/** What of a body is needed to judge it, besides its validator: as what messages speak of it, and its room for extensions. */
const toBody = ({ 'x-type': type, 'x-max-extensions': maxExtensions = 0 }: Schema, name: string): object => ({
  resource: toTypeName(typeof type === 'string' ? lastSegment(type) : name),
  maxExtensions,
});

/** What of an operation a running app needs at its start; the rest is for those who describe it. */
const toServed = ({ id, method, paths, permissions, body }: Operation): object => ({
  id,
  method,
  paths,
  permissions,
  ...(body !== undefined && { body }),
});

const toDescription = (operation: Operation): object => omit(operation, 'id', 'method', 'paths', 'permissions');

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
