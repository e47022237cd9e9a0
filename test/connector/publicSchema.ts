import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

/**
 * Checks a file of a connector against Microsoft's JSON Schema for it, which is of draft 4 and has comments.
 * @returns what is wrong, by its place
 */
export function faultsBySchema(schemaFile: string, value: unknown): string[] {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(inDraft7(withoutComments(readFileSync(schemaFile, 'utf8')))) as object);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${String(message)}`);
}

/** JSON with `//` comments, without them; in strings, two slashes are text. */
const withoutComments = (text: string): string =>
  text.replaceAll(/"(?:[^"\\]|\\.)*"|\/\/.*$/gm, (found) => (found.startsWith('"') ? found : ''));

/** Draft 4 names its own schema, and integers without sign, differently. */
const inDraft7 = (text: string): string =>
  text
    .replaceAll('json-schema.org/draft-04/', 'json-schema.org/draft-07/')
    .replaceAll('#/definitions/positiveInteger', '#/definitions/nonNegativeInteger')
    .replace(/"id": "[^"]*#",/, '');
