import { about } from '../about.ts';
import type { Describable } from '../describe.ts';
import type { Json } from '../openApiSchema.ts';
import type { Pages } from '../pages.ts';
import type { DescribedParameter } from '../parameters.ts';
import { labelOf } from '../words.ts';
import { actionsOf, type Action } from './actions.ts';
import { definitionsOf, listOf, referenceTo } from './definitions.ts';
import { securityDefinitions } from './signIn.ts';

/**
 * The operations as the Swagger 2.0 document of a connector.
 * @param operations those that are served under the contract in force
 * @param base scheme and host under which the service is called
 */
export function toSwagger(operations: readonly Describable[], base: string, pages?: Pages): Json {
  const actions = actionsOf(operations, pages);
  const paths: Record<string, Record<string, Json>> = {};
  for (const action of actions) paths[action.path] = { ...paths[action.path], [action.method]: toOperation(action) };
  return {
    swagger: '2.0',
    info: {
      title: about.title,
      version: about.version,
      description: about.description,
      contact: { name: about.title, url: base, email: 'devices@contoso.example' },
    },
    host: new URL(base).host,
    basePath: '/v1.0',
    schemes: ['https'],
    consumes: ['application/json'],
    produces: ['application/json'],
    paths,
    definitions: definitionsOf(actions),
    ...securityDefinitions(actions),
    'x-ms-connector-metadata': [
      { propertyName: 'Website', propertyValue: base },
      { propertyName: 'Privacy policy', propertyValue: base },
      { propertyName: 'Categories', propertyValue: 'IT Operations;Security' },
    ],
  };
}

const toOperation = (action: Action): Json => ({
  operationId: action.operationId,
  summary: action.title,
  description: action.description,
  ...(action.answer.mediaType !== undefined &&
    action.answer.mediaType !== 'application/json' && { produces: [action.answer.mediaType] }),
  ...(action.answer.isCollection && { 'x-ms-pageable': { nextLinkName: '@odata.nextLink' } }),
  parameters: [...action.parameters.map(toParameter), ...bodyParameter(action)],
  responses: Object.fromEntries([
    [String(action.answer.status), toResponse(action)],
    ...action.refusals.map(({ status, description }) => [String(status), { description }]),
  ]) as Json,
});

const toParameter = ({ name, in: place, required, type, format, description }: DescribedParameter): Json => ({
  name,
  in: place,
  required,
  type,
  ...(format !== undefined && { format }),
  description,
  'x-ms-summary': labelOf(name),
  'x-ms-visibility': required ? 'important' : 'advanced',
  ...(place === 'path' && { 'x-ms-url-encoding': 'single' }),
});

function bodyParameter({ body }: Action): Json[] {
  if (!body) return [];
  return [
    {
      name: 'body',
      in: 'body',
      required: true,
      schema: body.schema === undefined ? { type: 'object' } : referenceTo(body.schema),
      description: 'What is sent.',
      'x-ms-summary': 'Body',
      'x-ms-visibility': 'important',
    },
  ];
}

function toResponse({ answer }: Action): Json {
  const { mediaType, schema, isCollection } = answer;
  if (mediaType === undefined) return { description: 'It is done and there is nothing to show.' };
  if (mediaType !== 'application/json') return { description: 'The answer is a text.', schema: { type: 'string' } };
  const one = schema === undefined ? { type: 'object' } : referenceTo(schema);
  return { description: 'It is done.', schema: isCollection ? listOf(one) : one };
}
