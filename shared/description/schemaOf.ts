import { schemas } from '../contract/generated/schemas.ts';
import type { Json } from './openApiSchema.ts';

/** @throws Error when there is no schema of that name */
export function schemaOf(name: string): Json {
  const schema = schemas[name];
  if (!schema) throw new Error(`There is no schema ${name}.`);
  return schema as Json;
}

/** The properties that the schema of a body demands. */
export const requiredOf = (schemaName: string): readonly string[] =>
  (schemaOf(schemaName).required ?? []) as readonly string[];
