import { Ajv } from 'ajv';
import { _ } from 'ajv/dist/compile/codegen/index.js';
import { boundedRegExp, formats } from './bounded.ts';
import { annotationKeywords } from './schema.ts';
import type { Schema } from './schema.ts';

/** Ajv as the bodies need it, ready to compile them or to write them down as code that has `bounded` in scope. */
export function bodyAjv(schemas: readonly Schema[]): Ajv {
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    strictRequired: true,
    allowUnionTypes: true,
    inlineRefs: true,
    code: {
      source: true,
      esm: true,
      formats: _`bounded.formats`,
      regExp: Object.assign(boundedRegExp, { code: 'bounded.boundedRegExp' }),
    },
  });
  ajv.addVocabulary(annotationKeywords);
  for (const [name, judge] of Object.entries(formats)) ajv.addFormat(name, judge);
  // Their form is judged by the pattern beside them.
  for (const name of ['uuid', 'base64']) ajv.addFormat(name, true);
  for (const schema of schemas) ajv.addSchema(schema);
  return ajv;
}
