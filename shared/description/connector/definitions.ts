import type { Json } from '../openApiSchema.ts';
import { schemaOf } from '../schemaOf.ts';
import { capitalized } from '../words.ts';
import type { Action } from './actions.ts';
import { readers, writers, type Audience } from './audience.ts';
import { toSchema } from './toSchema.ts';

export const referenceTo = (schemaName: string): Json => ({ $ref: `#/definitions/${capitalized(schemaName)}` });

/** The schemas of all bodies and answers, each written for those who meet it. */
export function definitionsOf(actions: readonly Action[]): Json {
  const definitions: Record<string, Json> = {};
  const define = (schemaName: string, audience: Audience): void => {
    definitions[capitalized(schemaName)] ??= toSchema(schemaOf(schemaName), audience, [schemaName]);
  };
  for (const { body } of actions) if (body?.schema !== undefined) define(body.schema, writers);
  for (const {
    answer: { schema },
  } of actions) {
    if (schema !== undefined) define(schema, readers(actions.filter((other) => other.answer.schema === schema)));
  }
  return definitions;
}

/** A list; where it goes on elsewhere, the connector follows the link to the next page. */
export const listOf = (items: Json, isPaged: boolean): Json => ({
  type: 'object',
  properties: {
    value: {
      type: 'array',
      description: 'What is on this page of the list.',
      items,
      'x-ms-summary': 'Value',
      'x-ms-visibility': 'important',
    },
    ...(isPaged && {
      '@odata.nextLink': {
        type: 'string',
        description: 'The address of the next page.',
        'x-ms-summary': 'Next Link',
        'x-ms-visibility': 'internal',
      },
    }),
  },
});
