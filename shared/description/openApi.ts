import { schemas } from '../contract/generated/schemas.ts';
import { about } from './about.ts';
import { describeAll, type Describable, type Described, type DescribedAnswer } from './describe.ts';
import { errorSchema } from './errorSchema.ts';
import { referenceTo, toComponent, type Json } from './openApiSchema.ts';
import { jsonIn, type PageExample, type Pages } from './pages.ts';
import type { DescribedParameter } from './parameters.ts';
import { bearerOr, securitySchemes } from './security.ts';
import { toSentenceCase } from './words.ts';

/**
 * The operations as an OpenAPI 3.1 document; its servers are relative to the place it is served from.
 * @param operations those that are served under the contract in force
 */
export function toOpenApi(operations: readonly Describable[], pages?: Pages): Json {
  const described = describeAll(operations, pages);
  const groups = new Map(described.map(({ group }) => [group.name, group]));
  const paths: Record<string, Record<string, Json>> = {};
  for (const each of described) paths[each.path] = { ...paths[each.path], [each.method]: toOperation(each) };
  return {
    openapi: '3.1.0',
    info: {
      title: about.title,
      version: about.version,
      description: about.description,
      license: { name: about.licence, identifier: about.licence },
    },
    servers: [
      { url: '/v1.0', description: 'The documented version.' },
      { url: '/beta', description: 'The same under the name of the beta.' },
    ],
    tags: [...groups.values()],
    paths,
    components: {
      schemas: {
        ...Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, toComponent(schema)])),
        error: errorSchema,
      },
      securitySchemes: securitySchemes(described),
    },
  };
}

const toOperation = (described: Described): Json => ({
  operationId: described.name,
  tags: [described.group.name],
  summary: described.title,
  description: `${described.description}\n\n${permissionsOf(described)}`,
  ...(described.parameters.length > 0 && { parameters: described.parameters.map(toParameter) }),
  ...(described.body && { requestBody: toRequestBody(described) }),
  responses: Object.fromEntries([
    [String(described.answer.status), toResponse(described)],
    ...described.refusals.map(({ status, description }) => [String(status), { description, content: errorContent }]),
  ]) as Json,
  security: bearerOr(described),
});

function permissionsOf({ permissions: { delegated, application } }: Described): string {
  if (delegated.length + application.length === 0) return 'It asks for no permission itself; the requests in it do.';
  return [
    delegated.length > 0 ? `A user needs one of: ${listed(delegated)}.` : 'Users cannot call it.',
    application.length > 0 ? `An application needs one of: ${listed(application)}.` : 'Applications cannot call it.',
  ].join(' ');
}

const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

const toParameter = ({ name, in: place, required, type, format, description }: DescribedParameter): Json => ({
  name,
  in: place,
  ...(required && { required }),
  ...(description !== '' && { description }),
  schema: { type, ...(format !== undefined && { format }) },
});

function toRequestBody({ body, examples }: Described): Json {
  const { mediaTypes = [], schema } = body ?? {};
  const content = mediaTypes.map((mediaType) => [mediaType, bodyContent(mediaType, schema, examples)]);
  return { required: true, content: Object.fromEntries(content) as Json };
}

function bodyContent(mediaType: string, schema: string | undefined, examples: readonly PageExample[]): Json {
  if (mediaType !== 'application/json') return { schema: { type: 'string' } };
  return {
    schema: schema === undefined ? { type: 'object' } : { $ref: referenceTo(schema) },
    ...shown(examples.map(({ name, request }) => ({ name, value: jsonIn(request) }))),
  };
}

function toResponse({ answer, examples }: Described): Json {
  const { mediaType } = answer;
  const description = answer.status === 204 ? 'It is done; there is nothing to show.' : 'It is done.';
  if (mediaType === undefined) return { description };
  if (mediaType !== 'application/json')
    return { description, content: { [mediaType]: { schema: { type: 'string' } } } };
  const examplesOfAnswers = shown(examples.map(({ name, response }) => ({ name, value: jsonIn(response) })));
  return { description, content: { [mediaType]: { schema: answerSchema(answer), ...examplesOfAnswers } } };
}

function answerSchema({ schema, isCollection, isOfTexts, isPaged }: DescribedAnswer): Json {
  const one = schema === undefined ? { type: isOfTexts ? 'string' : 'object' } : { $ref: referenceTo(schema) };
  if (!isCollection) return one;
  return {
    type: 'object',
    required: ['value'],
    properties: {
      '@odata.context': { description: 'What the list is about.', type: 'string' },
      ...(isPaged && {
        '@odata.count': { description: 'How many there are in all, where `$count` asks for it.', type: 'integer' },
        '@odata.nextLink': { description: 'Where the next page is; absent on the last.', type: 'string' },
      }),
      value: { type: 'array', items: one },
    },
  };
}

/** JSON bodies of the pages as examples; one without a name is left out. */
function shown(bodies: readonly { name: string | undefined; value: unknown }[]): Json {
  const entries = bodies.flatMap(({ name, value }) =>
    name === undefined || value === undefined ? [] : [[name, { summary: toSentenceCase(name), value }]],
  );
  return entries.length === 0 ? {} : { examples: Object.fromEntries(entries) as Json };
}

const errorContent = { 'application/json': { schema: { $ref: referenceTo('error') } } };
