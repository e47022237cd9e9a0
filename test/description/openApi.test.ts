import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { operations } from '../../shared/api.ts';
import { toOpenApi } from '../../shared/description/openApi.ts';
import form from './openapi31.schema.json' with { type: 'json' };

interface Content {
  schema: object;
  examples?: Record<string, { value: unknown }>;
}
interface DocumentedOperation {
  operationId: string;
  tags: string[];
  parameters?: { name: string; in: string; description?: string }[];
  requestBody?: { content: Record<string, Content> };
  responses: Record<string, { content?: Record<string, Content> }>;
  security: Record<string, string[]>[];
}
interface OpenApi {
  tags: { name: string }[];
  servers: { url: string }[];
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object> };
}

const document = toOpenApi(operations) as unknown as OpenApi;
const described = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
);

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addFormat('base64', true);
ajv.addSchema({ $id: 'document.json', ...document });

const validatorOf = (schema: object): ValidateFunction =>
  ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document.json#/')) as object);
const faultsOf = (schema: object, value: unknown): unknown[] => {
  const validate = validatorOf(schema);
  return validate(value) ? [] : (validate.errors ?? []);
};

test('the document has the form of OpenAPI 3.1', () => {
  const isOpenApi = ajv.compile(form);
  isOpenApi(document);
  expect(isOpenApi.errors ?? []).toEqual([]);
});

test.each([
  ['a misspelt field', { ...document, path: {} }],
  ['a method that HTTP has not', { ...document, paths: { '/devices': { create: {} } } }],
  ['a scheme without a type', { ...document, components: { securitySchemes: { bearer: { scheme: 'bearer' } } } }],
  ['a schema that is none', { ...document, components: { schemas: { device: { type: 'thing' } } } }],
])('%s is not of that form', (_, wrong) => {
  expect(ajv.compile(form)(wrong)).toBe(false);
});

test('every address of every operation is described once, under a name of its own', () => {
  const served = operations.flatMap(({ method, paths }) => paths.map((path) => `${method.toLowerCase()} ${path}`));
  expect(described.map(({ path, method }) => `${method} ${path}`).sort()).toEqual(served.sort());
  const names = described.map(({ operation }) => operation.operationId);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining(operations.map(({ id }) => id)));
});

test('the documented endpoints come first, in a group of their own', () => {
  const [first] = document.tags;
  const inFirst = described.filter(({ operation }) => operation.tags.includes(first?.name ?? ''));
  expect(inFirst.map(({ path, method }) => `${method} ${path}`)).toEqual([
    'post /devices',
    'post /me/registeredDevices/$ref',
    'post /users/{usersId}/registeredDevices/$ref',
  ]);
  expect(described[0]?.operation.operationId).toBe('createDevice');
});

test('servers are relative, so that whoever reads the document at some address calls that address', () => {
  expect(document.servers.map(({ url }) => url)).toEqual(['/v1.0', '/beta']);
});

test('what stands in an address is described by its page', () => {
  const silent = described.flatMap(({ path, operation: { parameters = [] } }) =>
    parameters.filter(({ description }) => description === undefined).map(({ name }) => `${path}: ${name}`),
  );
  expect(silent).toEqual([]);
  for (const { path, operation } of described) {
    const placeholders = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const inPath = operation.parameters?.filter((parameter) => parameter.in === 'path') ?? [];
    expect(inPath.map(({ name }) => name)).toEqual(placeholders);
  }
});

const shown = described.flatMap(({ operation: { operationId, requestBody, responses } }) =>
  [requestBody?.content, ...Object.values(responses).map(({ content }) => content)]
    .flatMap((content) => Object.values(content ?? {}))
    .flatMap(({ schema, examples }) =>
      Object.entries(examples ?? {}).map(([name, { value }]) => ({ operationId, name, schema, value })),
    ),
);

test.each(shown)('$operationId: the example $name is what its schema says', ({ schema, value }) => {
  expect(faultsOf(schema, value)).toEqual([]);
});

test('every operation can refuse in the shape of Graph’s errors, and no other', () => {
  const error = {
    error: {
      code: 'Request_BadRequest',
      message: 'm',
      details: [{ code: 'InvalidValue', target: 'deviceId', message: 'm' }],
      innerError: { date: '2026-01-15T09:30:00', 'request-id': 'a', 'client-request-id': 'a' },
    },
  };
  for (const { operation } of described) {
    const refusals = Object.entries(operation.responses).filter(([status]) => Number(status) >= 400);
    expect(refusals.map(([status]) => status)).toEqual(expect.arrayContaining(['400', '401', '403', '500']));
    for (const [, { content }] of refusals) {
      const schema = content?.['application/json']?.schema ?? { not: {} };
      expect(faultsOf(schema, error)).toEqual([]);
      expect(faultsOf(schema, { code: 'Request_BadRequest' })).not.toEqual([]);
    }
  }
});

test('a caller may come with any bearer token, or with one of Entra for the least privileged permission', () => {
  const [create] = described;
  expect(create?.operation.security).toEqual([{ bearer: [] }, { entra: ['Directory.AccessAsUser.All'] }]);
  for (const { operation } of described) {
    for (const name of operation.security.flatMap(Object.keys)) {
      expect(document.components.securitySchemes).toHaveProperty(name);
    }
  }
});

test('an address that counts answers with text and takes only what narrows a list; a cast has the schema of its type', () => {
  const { parameters, responses } = document.paths['/devices/$count']?.get ?? {};
  expect(Object.keys(responses?.['200']?.content ?? {})).toEqual(['text/plain']);
  expect(parameters?.filter((parameter) => parameter.in === 'query').map(({ name }) => name)).toEqual([
    '$filter',
    '$search',
  ]);
  const cast = document.paths["/devices(deviceId='{deviceId}')/registeredUsers/microsoft.graph.user"]?.get;
  expect(cast?.operationId).toBe('listDeviceRegisteredUsersAsUserByDeviceId');
  expect(cast?.responses['200']).toMatchObject({
    content: {
      'application/json': { schema: { properties: { value: { items: { $ref: '#/components/schemas/user' } } } } },
    },
  });
});

test('an action about memberships answers with a list of texts that has no next page', () => {
  const { responses } = document.paths['/devices/{id}/getMemberGroups']?.post ?? {};
  const { schema } = responses?.['200']?.content?.['application/json'] ?? {};
  expect(schema).toMatchObject({ properties: { value: { items: { type: 'string' } } } });
  expect(schema).not.toHaveProperty('properties.@odata.nextLink');
});
