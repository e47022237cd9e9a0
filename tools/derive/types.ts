import { compile } from 'json-schema-to-typescript';
import type { JSONSchema } from 'json-schema-to-typescript';
import { format } from 'prettier/standalone';
import * as estree from 'prettier/plugins/estree';
import * as typescript from 'prettier/plugins/typescript';
import { isObject, omit } from './json.ts';
import { generatedMark, toTypeName } from './schema.ts';
import type { Schema } from './schema.ts';

/** One TypeScript type for each schema, by its name in Pascal case. */
export async function renderTypes(schemas: ReadonlyMap<string, Schema>): Promise<string> {
  const parts = [`// ${generatedMark}`];
  for (const [name, schema] of schemas) {
    const shape = { ...omit(shapeOf(schema) as Schema, '$id'), title: toTypeName(name) } as JSONSchema;
    const options = { additionalProperties: false, bannerComment: '', format: false, ignoreMinAndMaxItems: true };
    parts.push(await compile(shape, toTypeName(name), options));
  }
  return format(parts.join('\n\n'), {
    parser: 'typescript',
    plugins: [estree, typescript],
    printWidth: 120,
    singleQuote: true,
  });
}

/** The schema as far as a type can say it: references by name, no refused properties, open names as an index. */
function shapeOf(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(shapeOf);
  if (!isObject(schema)) return schema;
  if (typeof schema.$ref === 'string') {
    return { ...omit(schema, '$ref'), tsType: toTypeName(schema.$ref.replace(/\.json$/, '')) };
  }
  const shape = Object.fromEntries(
    Object.entries(schema)
      .filter(([, value]) => !(isObject(value) && 'not' in value))
      .map(([keyword, value]) => [keyword, shapeOf(value)]),
  );
  return schema.patternProperties ? { ...omit(shape, 'patternProperties'), additionalProperties: true } : shape;
}
