import type { ErrorDetail } from './errors.ts';

/** What ajv says of one wrong place; the part of its `ErrorObject` that is used here. */
export interface SchemaError {
  keyword: string;
  instancePath: string;
  schemaPath: string;
  params: Record<string, unknown>;
  message?: string;
}

/** What is wrong, in our words and in those that Graph has for it. */
export type ToldDetail = ErrorDetail & { graphMessage: string };

/** What a right value of a format looks like. */
const formats: Record<string, string> = {
  uuid: "a GUID such as '4c299165-6e8f-4b45-a5ba-c5d250a707ff'",
  'date-time': "an instant such as '2026-01-15T09:30:00Z'",
  base64: "base64 text with padding such as 'Y3YxN2E1MWFlYw=='",
};

const types: Record<string, string> = {
  boolean: 'true or false, without quotes',
  string: 'text in double quotes',
  integer: 'a whole number, without quotes',
  number: 'a number, without quotes',
  array: 'a list in brackets',
  object: 'an object in braces',
  null: 'null',
};

/**
 * Turns one schema error into what the caller reads.
 * @returns undefined for an error that only repeats another one
 */
export function toDetail(error: SchemaError, body: unknown, resource: string): ToldDetail | undefined {
  const path = pathOf(error.instancePath);
  const { params } = error;
  const invalid = (name: string): string => `Invalid value specified for property '${name}' of resource '${resource}'.`;
  const wrong = (what: string): ToldDetail => ({
    code: 'InvalidValue',
    ...(path.length > 0 && { target: toTarget(path) }),
    message: `${quote(valueAt(body, path))} is not a right value: ${what}.`,
    graphMessage: invalid(toTarget(path) || 'body'),
  });
  switch (error.keyword) {
    case 'required': {
      const target = toTarget([...path, String(params.missingProperty)]);
      return {
        code: 'PropertyRequired',
        target,
        message: `A value is required for '${target}'.`,
        graphMessage: `A value is required for property '${target}' of resource '${resource}'.`,
      };
    }
    case 'not': {
      const target = toTarget(path);
      return {
        code: 'PropertyReadOnly',
        target,
        message: `'${target}' is read-only: the directory sets it. Leave it out.`,
        graphMessage: `Property '${target}' is read-only and cannot be set.`,
      };
    }
    case 'additionalProperties': {
      const target = toTarget([...path, String(params.additionalProperty)]);
      return {
        code: 'PropertyUnknown',
        target,
        message: `'${target}' is not a property that can be sent here. Names are case-sensitive.`,
        graphMessage: `Property '${target}' does not exist as a declared property or extension property.`,
      };
    }
    case 'type': {
      const wanted = [params.type].flat().map((type) => types[String(type)] ?? String(type));
      return wrong(`${wanted.join(', or ')} is expected`);
    }
    case 'format':
      return wrong(`${formats[String(params.format)] ?? `the format ${String(params.format)}`} is expected`);
    case 'pattern':
      return patternError(error, body, path, wrong);
    case 'enum':
      return wrong(`one of ${(params.allowedValues as unknown[]).map(quote).join(', ')} is expected`);
    case 'minLength':
      return wrong('it must not be empty');
    case 'maxLength':
      return wrong(`at most ${String(params.limit)} characters are allowed`);
    case 'minItems':
      return wrong(`at least ${String(params.limit)} item is expected`);
    case 'maxItems':
      return wrong(`at most ${String(params.limit)} items are allowed`);
    case 'minimum':
    case 'maximum':
      return wrong(`a number ${String(params.comparison)} ${String(params.limit)} is expected`);
    case 'minProperties':
      return wrong('at least one property is expected');
    case 'maxProperties':
      return wrong(`at most ${String(params.limit)} properties are allowed`);
    case 'if':
    case 'anyOf':
    case 'oneOf':
      return undefined;
    default:
      return wrong(error.message ?? 'it breaks a rule of the schema');
  }
}

/** Patterns stand for formats; which one is told by what the pattern asks for. */
function patternError(
  error: SchemaError,
  body: unknown,
  path: readonly string[],
  wrong: (what: string) => ToldDetail,
): ToldDetail {
  const isBinary = String(error.params.pattern).includes('A-Za-z0-9+/');
  const detail = wrong(`${formats[isBinary ? 'base64' : 'uuid'] ?? ''} is expected`);
  return isBinary ? { ...detail, graphMessage: cannotConvertBinary(String(valueAt(body, path))) } : detail;
}

/** The words of the directory for a key that is not base64. */
export const cannotConvertBinary = (literal: string): string =>
  `Cannot convert the literal '${literal.slice(0, 200)}' to the expected type 'Edm.Binary'.`;

/** `/a/0/b~1c` becomes `['a', '0', 'b/c']`. */
const pathOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

/** `['a', '0', 'b']` becomes `a[0].b`. */
function toTarget(path: readonly string[]): string {
  let target = '';
  for (const part of path) target += /^\d+$/.test(part) && target ? `[${part}]` : target ? `.${part}` : part;
  return target.slice(0, 300);
}

function valueAt(body: unknown, path: readonly string[]): unknown {
  let value = body;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

/** A value as the message shows it, short. */
function quote(value: unknown): string {
  if (Array.isArray(value)) return `A list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'An object';
  if (typeof value === 'string') return `'${value.length > 80 ? `${value.slice(0, 80)}…` : value}'`;
  return String(value);
}
