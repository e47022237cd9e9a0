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
  ...(action.answer.isPaged && { 'x-ms-pageable': { nextLinkName: '@odata.nextLink' } }),
  ...(isText(action) && { consumes: ['text/plain'] }),
  parameters: [...action.parameters.map(toParameter), ...bodyParameter(action)],
  responses: Object.fromEntries([
    ...toResponses(action),
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

const isText = ({ body }: Action): boolean => body !== undefined && !body.mediaTypes.includes('application/json');

function bodyParameter(action: Action): Json[] {
  const { body } = action;
  if (!body) return [];
  const any = { type: isText(action) ? 'string' : 'object' };
  return [
    {
      name: 'body',
      in: 'body',
      required: true,
      schema: body.schema === undefined ? any : referenceTo(body.schema),
      description: 'What is sent.',
      'x-ms-summary': 'Body',
      'x-ms-visibility': 'important',
    },
  ];
}

/**
 * Only 200 and 201 may have a schema. After 202 the platform asks at `Location` until it is told 200, and what it is told then is
 * the action's answer.
 */
function toResponses({ answer }: Action): [string, Json][] {
  const { status, mediaType, schema, isCollection, isOfTexts, isPaged } = answer;
  if (mediaType === undefined) return [[String(status), { description: 'It is done and there is nothing to show.' }]];
  const one = schema === undefined ? { type: isOfTexts ? 'string' : 'object' } : referenceTo(schema);
  const shown: Json =
    mediaType === 'application/json'
      ? { description: 'It is done.', schema: isCollection ? listOf(one, isPaged) : one }
      : { description: 'The answer is a text.', schema: { type: 'string' } };
  if (status === 200 || status === 201) return [[String(status), shown]];
  return [
    ['200', shown],
    [String(status), { description: 'It has begun.' }],
  ];
}
