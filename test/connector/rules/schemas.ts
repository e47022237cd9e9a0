import { operationsIn, parametersIn, schemasIn, type Schema, type Swagger } from '../document.ts';
import type { Rule } from '../rules.ts';

const formats = [
  ...['int32', 'int64', 'float', 'double', 'byte', 'binary', 'date', 'date-time', 'password'],
  ...['date-no-tz', 'html', 'email', 'uri', 'uuid'],
];

/** Where extensions of the platform may stand, beside labels and visibility. */
const places: Record<string, RegExp> = {
  operation: /^x-ms-(?:visibility|summary|trigger|trigger-hint|trigger-metadata|pageable|api-annotation|capabilities)$/,
  parameter: /^x-ms-(?:visibility|summary|dynamic-values|dynamic-list|url-encoding)$/,
  schema:
    /^x-ms-(?:visibility|summary|dynamic-values|dynamic-list|dynamic-schema|dynamic-properties|notification-url)$/,
};

const extensionsOf = (it: object): string[] => Object.keys(it).filter((key) => key.startsWith('x-ms-'));

/** What bodies and answers look like. */
export const schemaRules: Record<string, Rule> = {
  'a schema has one type and no alternatives'(document) {
    return schemasIn(document).flatMap(({ place, it }) => [
      ...['oneOf', 'anyOf', 'allOf', 'not', 'patternProperties']
        .filter((key) => key in it)
        .map((key) => `${place}: ${key}`),
      ...(it.$ref === undefined && typeof it.type !== 'string' ? [`${place}: type ${JSON.stringify(it.type)}`] : []),
    ]);
  },
  'nothing stands beside a reference': (document) =>
    schemasIn(document)
      .filter(({ it }) => it.$ref !== undefined && Object.keys(it).length > 1)
      .map(({ place }) => place),
  'a reference leads to a definition'(document) {
    const wrong = schemasIn(document).filter(({ it }) => it.$ref !== undefined && !referred(document, it));
    return wrong.map(({ place, it }) => `${place}: ${String(it.$ref)}`);
  },
  'required properties do not lead back to where they began': (document) =>
    Object.keys(document.definitions ?? {}).filter((name) =>
      leadsTo(document, name, { $ref: `#/definitions/${name}` }),
    ),
  'a required property is there': (document) =>
    schemasIn(document).flatMap(({ place, it: { required = [], properties = {} } }) =>
      Array.isArray(required) ? required.filter((name) => !(name in properties)).map((name) => `${place}/${name}`) : [],
    ),
  'a format is one that the platform knows': (document) =>
    schemasIn(document)
      .filter(({ it }) => it.format !== undefined && !formats.includes(it.format))
      .map(({ place, it }) => `${place}: ${String(it.format)}`),
  'an extension stands where it may'(document) {
    const seen = [
      ...operationsIn(document).map((at) => ({ kind: 'operation', ...at })),
      ...parametersIn(document).map((at) => ({ kind: 'parameter', ...at })),
      ...schemasIn(document).map((at) => ({ kind: 'schema', ...at })),
    ];
    return seen.flatMap(({ kind, place, it }) =>
      extensionsOf(it)
        .filter((name) => !places[kind]?.test(name))
        .map((name) => `${place}: ${name}`),
    );
  },
  'there are at most 512 schemas in a body'(document) {
    const bodies = parametersIn(document).filter(({ it }) => it.in === 'body');
    return bodies.filter(({ it }) => it.schema && sizeOf(document, it.schema) > 512).map(({ place }) => place);
  },
};

const referred = ({ definitions = {} }: Swagger, { $ref = '' }: Schema): Schema | undefined =>
  definitions[$ref.replace('#/definitions/', '')];

/** Whether the required properties of a definition, or theirs in turn, refer to it. */
function leadsTo(document: Swagger, name: string, from: Schema, seen: readonly Schema[] = []): boolean {
  const target = from.$ref === undefined ? from : referred(document, from);
  if (!target || seen.includes(target)) return false;
  return (target.required ?? []).some((property) => {
    const inner = target.properties?.[property];
    return inner && (inner.$ref === `#/definitions/${name}` || leadsTo(document, name, inner, [...seen, target]));
  });
}

function sizeOf(document: Swagger, schema: Schema, seen: readonly Schema[] = []): number {
  const target = schema.$ref === undefined ? schema : referred(document, schema);
  if (!target || seen.includes(target)) return 1;
  const inner = [...Object.values(target.properties ?? {}), ...(target.items ? [target.items] : [])];
  return inner.reduce((sum, each) => sum + sizeOf(document, each, [...seen, target]), 1);
}
