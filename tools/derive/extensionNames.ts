import type { Schema } from './schema.ts';

/** One value of an extension: no deeper than a list of texts. */
const scalar: Schema = { type: ['string', 'number', 'boolean', 'null'], maxLength: 256 };
const scalarOrTexts: Schema = {
  type: ['string', 'number', 'boolean', 'null', 'array'],
  maxLength: 256,
  maxItems: 256,
  items: { type: 'string', maxLength: 256 },
};

/**
 * The names that a body of an open type may hold beside the declared ones: directory extensions, as
 * `extension_{appId without dashes}_{name}`, and schema extensions, as `ext{8 characters}_{name}`.
 */
export const extensionNames: Schema = {
  patternProperties: {
    '^extension_[0-9a-f]{32}_[A-Za-z0-9_]{1,128}$': scalarOrTexts,
    '^ext[a-z0-9]{8}_[A-Za-z0-9_]{1,128}$': { type: 'object', maxProperties: 100, additionalProperties: scalar },
  },
  'x-max-extensions': 100,
};
