import { GraphError, type ErrorDetail } from './errors.ts';
import { toDetail, type SchemaError } from './schemaErrors.ts';

/** A compiled schema, as `generated/validators.js` exports them. */
export interface Validator {
  (data: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

/** How a request body is read; see {@link jsonBody}. */
export interface Body<B> {
  /** Name of the schema in `generated/schemas/`. */
  schema: string;
  /** @throws GraphError BadRequest when it is no JSON, Request_BadRequest with a detail for each wrong property */
  parse(text: string): B;
  /** The same for a value that has been read already. @throws GraphError Request_BadRequest, as `parse` does */
  check(value: unknown): B;
}

/** Largest body in bytes: Graph's own limit of 4 MB. */
export const maxBodyBytes = 4 * 1024 * 1024;
/** Deepest nesting and largest number of values of a body; no schema asks for a tenth of either. */
const maxDepth = 16;
const maxValues = 10_000;
/** Longest list of details in an answer. */
const maxDetails = 100;

/** What of a schema is needed besides its validator. */
export interface BodySchema {
  $id: string;
  /** The type as Graph's messages write it, in lower case at first: `microsoft.graph.device`. */
  'x-type': string;
  'x-max-extensions'?: number;
}

/** A JSON body that a schema describes. */
export function jsonBody<B>(schema: BodySchema, validate: Validator): Body<B> {
  const check = (value: unknown): B => {
    refuseSizes(value);
    if (validate(value)) {
      refuseExtensions(value as object, schema['x-max-extensions'] ?? 0);
      return value as B;
    }
    const name = schema['x-type'].replace('microsoft.graph.', '');
    const resource = name.charAt(0).toUpperCase() + name.slice(1);
    throw invalid(
      resource,
      withoutEcho(validate.errors ?? [])
        .map((error) => toDetail(error, value, resource))
        .filter(isTold),
    );
  };
  return { schema: schema.$id.replace('.json', ''), parse: (text) => check(parseJson(text)), check };
}

function parseJson(text: string): unknown {
  if (text.trim() === '') throw new GraphError('BadRequest', 'Empty Payload. JSON content expected.');
  try {
    return JSON.parse(text);
  } catch (cause) {
    const where = cause instanceof SyntaxError ? cause.message : 'not JSON';
    throw new GraphError(
      'BadRequest',
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
      { cause, details: [{ code: 'InvalidJson', message: `The body is not JSON: ${where}` }] },
    );
  }
}

/** Refuses what would make validation itself expensive, before it begins. */
function refuseSizes(body: unknown): void {
  let values = 0;
  const visit = (value: unknown, depth: number): void => {
    values += 1;
    if (values > maxValues) throw tooLarge(`more than ${maxValues} values`);
    if (typeof value !== 'object' || value === null) return;
    if (depth === maxDepth) throw tooLarge(`values nested deeper than ${maxDepth} levels`);
    for (const member of Object.values(value)) visit(member, depth + 1);
  };
  visit(body, 0);
}

/** Of a valid body only extensions have an underscore in their names. */
function refuseExtensions(body: object, max: number): void {
  const count = Object.keys(body).filter((name) => name.includes('_')).length;
  if (count > max) throw tooLarge(`${count} extension values; at most ${max} are allowed`);
}

const tooLarge = (what: string): GraphError =>
  new GraphError('Request_BadRequest', 'The request payload exceeds a limit.', {
    details: [{ code: 'LimitExceeded', message: `The body holds ${what}.` }],
  });

const isTold = <T>(detail: T | undefined): detail is T => detail !== undefined;

/** That a body is empty says nothing new where each missing property is named. */
const withoutEcho = (errors: readonly SchemaError[]): readonly SchemaError[] =>
  errors.length > 1 ? errors.filter(({ keyword }) => keyword !== 'minProperties') : errors;

/** One error for all wrong properties; the message is Graph's own where just one is wrong. */
function invalid(resource: string, found: readonly (ErrorDetail & { graphMessage: string })[]): GraphError {
  const [first] = found;
  const details: ErrorDetail[] = found.slice(0, maxDetails).map(({ code, target, message }) => ({
    code,
    ...(target !== undefined && { target }),
    message,
  }));
  if (found.length > maxDetails) {
    details.push({ code: 'MoreErrors', message: `${found.length - maxDetails} more are not listed.` });
  }
  const message =
    found.length === 1 && first
      ? first.graphMessage
      : `One or more properties of resource '${resource}' contain invalid values.`;
  return new GraphError('Request_BadRequest', message, { details });
}
