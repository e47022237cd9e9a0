/** A JSON Schema, or a part of one. */
export type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keywords that only make sense in the schema's own file. */
const ofTheFile = new Set(['$schema', '$id', '$comment']);

/** The schema as a component of an OpenAPI 3.1 document: references lead to components; what is refused is not mentioned. */
export function toComponent(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(toComponent);
  if (!isJson(schema)) return schema;
  const entries = Object.entries(schema)
    .filter(([keyword, value]) => !ofTheFile.has(keyword) && !(isJson(value) && 'not' in value))
    .map(([keyword, value]) => [keyword, keyword === '$ref' ? toReference(String(value)) : toComponent(value)]);
  return Object.fromEntries(entries) as Json;
}

const toReference = (file: string): string => referenceTo(file.replace('.json', ''));

export const referenceTo = (schemaName: string): string => `#/components/schemas/${schemaName}`;
