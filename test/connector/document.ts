/** A Swagger 2.0 document as far as the rules look at it; anything may be missing or wrong. */
export interface Swagger {
  info?: { title?: string; description?: string; contact?: Record<string, string> };
  host?: string;
  schemes?: string[];
  consumes?: string[];
  paths: Record<string, PathItem>;
  definitions?: Record<string, Schema>;
  [extension: `x-ms-${string}`]: unknown;
}
export type PathItem = Record<string, Operation>;
export interface Operation extends Described {
  operationId?: string;
  summary?: string;
  deprecated?: boolean;
  consumes?: string[];
  parameters?: Parameter[];
  responses?: Record<string, Response>;
}
export interface Parameter extends Described {
  name?: string;
  in?: string;
  required?: boolean;
  schema?: Schema;
  default?: unknown;
}
export interface Response {
  description?: string;
  schema?: Schema;
}
export interface Schema extends Described {
  $ref?: string;
  type?: unknown;
  format?: string;
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  default?: unknown;
}
interface Described {
  description?: string;
  'x-ms-summary'?: string;
  'x-ms-visibility'?: string;
  [extension: `x-ms-${string}`]: unknown;
}

/** Something with the place where it stands, for people who read a finding. */
export interface At<T> {
  place: string;
  it: T;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

export const operationsIn = (document: Swagger): (At<Operation> & { path: string; method: string })[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => methods.includes(method))
      .map(([method, it]) => ({ place: `${method} ${path}`, path, method, it })),
  );

export const parametersIn = (document: Swagger): At<Parameter>[] =>
  operationsIn(document).flatMap(({ place, it: { parameters = [] } }) =>
    parameters.map((it) => ({ place: `${place}, parameter ${String(it.name)}`, it })),
  );

/** A schema; a property has a name besides. */
export type SchemaAt = At<Schema> & { property?: string; isRequired: boolean };

/** Every schema of the document with all that is within it. */
export const schemasIn = (document: Swagger): SchemaAt[] => [
  ...Object.entries(document.definitions ?? {}).flatMap(([name, schema]) => within(schema, `definitions/${name}`)),
  ...parametersIn(document).flatMap(({ place, it }) => (it.schema ? within(it.schema, place) : [])),
  ...operationsIn(document).flatMap(({ place, it }) =>
    Object.entries(it.responses ?? {}).flatMap(([status, { schema }]) =>
      schema ? within(schema, `${place}, answer ${status}`) : [],
    ),
  ),
];

function within(it: Schema, place: string, property?: string, isRequired = false): SchemaAt[] {
  const properties = Object.entries(it.properties ?? {}).flatMap(([name, inner]) =>
    within(inner, `${place}/${name}`, name, it.required?.includes(name)),
  );
  const items = it.items ? within(it.items, `${place}[]`) : [];
  return [{ place, it, isRequired, ...(property !== undefined && { property }) }, ...properties, ...items];
}
