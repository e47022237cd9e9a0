import { GraphError, type ErrorDetail } from './errors.ts';
import bodies from './generated/bodies.json' with { type: 'json' };
import { toDetail, type SchemaError } from './schemaErrors.ts';

/** A compiled schema, as `generated/validators.js` exports them. */
interface Validator {
  (data: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

/** How a request body is read; see {@link jsonBody}. */
export interface Body<B> {
  /** Name of the schema in `generated/schemas/`, where there is one. */
  schema?: string;
  /** @throws GraphError BadRequest when it is no JSON, Request_BadRequest with a detail for each wrong property */
  parse(text: string): Promise<B>;
}

/** A body that a schema describes, read from a request or found in a file. */
export interface JsonBody<B> extends Body<B> {
  /** Judges values that have been read already: @throws GraphError Request_BadRequest, as `parse` does */
  checker(): Promise<(value: unknown) => B>;
}

/** Largest body in bytes: Graph's own limit of 4 MB. */
export const maxBodyBytes = 4 * 1024 * 1024;
/** Deepest nesting and largest number of values of a body; no schema asks for a tenth of either. */
const maxDepth = 16;
const maxValues = 10_000;
/** Longest list of details in an answer. */
const maxDetails = 100;

/** Name of a schema in `generated/schemas/` that describes a body. */
type BodyName = keyof typeof bodies;

/** Where a body is not what its schema says of it. */
interface BodyOptions {
  /** Whose body it is, as Graph's messages write that: `Device`. */
  resource?: string;
  /** How many extensions it may carry. */
  maxExtensions?: number;
}

/** What judges bodies; loaded when the first one comes. */
let validators: Readonly<Record<BodyName, Validator>> | undefined;

/** A JSON body that a schema describes. */
export function jsonBody<B>(
  name: BodyName,
  { resource = bodies[name].resource, maxExtensions = bodies[name].maxExtensions }: BodyOptions = {},
): JsonBody<B> {
  /** @throws GraphError */
  const check = (value: unknown, validate: Validator): B => {
    refuseSizes(value);
    if (validate(value)) {
      refuseExtensions(value as object, maxExtensions);
      return value as B;
    }
    throw invalid(
      resource,
      withoutEcho(validate.errors ?? [])
        .map((error) => toDetail(error, value, resource))
        .filter(isTold),
    );
  };
  const validator = async (): Promise<Validator> => (validators ??= await import('./generated/validators.js'))[name];
  return {
    schema: name,
    async parse(text) {
      refuseDense(text, { maxDepth, maxValues });
      const value = parseJson(text);
      return check(value, validators?.[name] ?? (await validator()));
    },
    async checker() {
      const validate = await validator();
      return (value) => check(value, validate);
    },
  };
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

/** How much structure a JSON text may have. */
export interface Density {
  maxDepth: number;
  maxValues: number;
}

/**
 * Refuses a text that is not parsed in no time, before it is: meanwhile nobody else is answered. Four megabytes of text are a matter of
 * milliseconds, but not so when they are a million values.
 * @throws GraphError Request_BadRequest with detail LimitExceeded
 */
export function refuseDense(text: string, { maxDepth, maxValues }: Density): void {
  if (text.length < 2 * maxValues) return; // It cannot hold more, and what is nested is judged later.
  let depth = 0;
  let commas = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfText(text, at + 1);
    else if (code === comma) commas += 1;
    else if (code === openBracket || code === openBrace) depth += 1;
    else if (code === closeBracket || code === closeBrace) depth -= 1;
    if (commas > maxValues) throw tooLarge(`more than ${maxValues} values`);
    if (depth > maxDepth) throw tooLarge(`values nested deeper than ${maxDepth} levels`);
  }
}

/** Where the quotation mark stands that ends a text: behind an even number of backslashes. */
function endOfText(json: string, begin: number): number {
  for (let end = json.indexOf('"', begin); end !== -1; end = json.indexOf('"', end + 1)) {
    let slashes = 0;
    while (json.charCodeAt(end - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return json.length;
}

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Refuses what would make validation itself expensive, before it begins.
 * @throws GraphError Request_BadRequest with detail LimitExceeded
 */
export function refuseSizes(body: unknown): void {
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
