import { toSwagger } from '../../shared/description/connector/toSwagger.ts';
import { toOpenApi } from '../../shared/description/openApi.ts';
import type { Pages } from '../../shared/description/pages.ts';
import { derive } from '../../tools/derive/derive.ts';
import { rulesBroken } from '../connector/rules.ts';
import { block, createDevice, device, table } from '../tools/pages.ts';

/** A page as somebody will write it one day; what it shows is all that the documents know of it. */
function page(title: string, address: string, answer: string, parts: Partial<Parameters<typeof createDevice>[0]> = {}) {
  const name = title.toLowerCase().replaceAll(' ', '-');
  return {
    path: `api/${name}.md`,
    text: createDevice({
      frontMatter: '',
      title: `# ${title}`,
      lead: `${title}, whatever that is.`,
      httpRequest: `## HTTP request\n\n${block({ blockType: 'ignored' }, address)}`,
      requestHeaders: '',
      requestBody: '',
      response: '',
      request: `## Examples\n\n${block({ blockType: 'request', name }, address.replace(' ', ' /v1.0').replace('{id}', '1'))}`,
      answer: block({ blockType: 'response' }, answer),
      ...parts,
    }).text,
  };
}

const idParameter = `## Path parameters\n\n${table('Name|Type|Description', 'id|Guid|The object id of the device.')}`;
const csv = `## Request headers\n\n${table('Name|Description', 'Content-Type|text/csv. Required.')}`;
const plain = `## Request headers\n\n${table('Name|Description', 'Content-Type|text/plain. Required.')}`;
const either = `## Request headers\n\n${table('Name|Description', 'Content-Type|application/json or text/csv. Required.')}`;
const query = `## Optional query parameters\n\n${table(
  'Name|Type|Description',
  '$select|String|The properties to answer with.',
  '$top|Int32|The number of devices on a page.',
  '$filter|String|Which devices. Required.',
)}`;
const list = block(
  { blockType: 'response', isCollection: true, '@odata.type': 'microsoft.graph.device' },
  'HTTP/1.1 200 OK\nContent-Type: application/json\n\n{ "value": [{ "id": "id-value" }] }',
);

const { operations, examples } = derive([
  device(),
  page('List devices', 'GET /devices', '', { parameters: query, answer: list }),
  page('Delete device', 'DELETE /devices/{id}', 'HTTP/1.1 204 No Content', { parameters: idParameter }),
  page('Count devices', 'GET /devices/$count', 'HTTP/1.1 200 OK\nContent-Type: text/plain\n\n3'),
  page('Create job', 'POST /registrationJobs', 'HTTP/1.1 202 Accepted', { requestHeaders: either }),
  page('Start job', 'POST /jobs', 'HTTP/1.1 202 Accepted\nContent-Type: application/json\n\n{ "id": "1" }', {
    requestHeaders: plain,
  }),
  page('Import rows', 'POST /rows', 'HTTP/1.1 202 Accepted', { requestHeaders: csv }),
  page('Get report', 'GET /reports', 'HTTP/1.1 200 OK\nContent-Type: text/csv\n\na,b'),
  page('Send batch', 'POST /$batch', 'HTTP/1.1 200 OK\nContent-Type: application/json\n\n{ "responses": [] }'),
]);
const pages: Pages = { operations: Object.fromEntries(operations), examples };
const all = [...operations.values()];

type Found = Record<string, Record<string, Record<string, unknown>>>;
const { paths } = toOpenApi(all, pages) as unknown as { paths: Found };
const connector = toSwagger(all, 'https://devices.contoso.example', pages) as unknown as { paths: Found };

test('query parameters have their types, and are required where the page says so', () => {
  expect(paths['/devices']?.get?.parameters).toEqual([
    { name: '$select', in: 'query', description: 'The properties to answer with.', schema: { type: 'string' } },
    {
      name: '$top',
      in: 'query',
      description: 'The number of devices on a page.',
      schema: { type: 'integer', format: 'int32' },
    },
    {
      name: '$filter',
      in: 'query',
      required: true,
      description: 'Which devices. Required.',
      schema: { type: 'string' },
    },
  ]);
  expect(connector.paths['/devices']?.get?.parameters).toMatchObject([
    { name: '$select', required: false, 'x-ms-summary': 'Select', 'x-ms-visibility': 'advanced' },
    { name: '$top', type: 'integer', format: 'int32', 'x-ms-summary': 'Top' },
    { name: '$filter', required: true, 'x-ms-visibility': 'important' },
  ]);
});

test('a list is an object with a value and a link to the next page, which the connector follows', () => {
  expect(paths['/devices']?.get?.responses).toMatchObject({
    200: {
      content: {
        'application/json': {
          schema: { required: ['value'], properties: { value: { items: { $ref: '#/components/schemas/device' } } } },
        },
      },
    },
  });
  expect(connector.paths['/devices']?.get).toHaveProperty('x-ms-pageable', { nextLinkName: '@odata.nextLink' });
});

test('an answer without a body has none, with 204 and with 202', () => {
  for (const responses of [paths['/devices/{id}']?.delete?.responses, paths['/registrationJobs']?.post?.responses]) {
    const [success] = Object.values(responses as Record<string, object>);
    expect(Object.keys(success ?? {})).toEqual(['description']);
  }
});

test('an answer that is text is told to be text', () => {
  const text = { schema: { type: 'string' } };
  expect(paths['/devices/$count']?.get?.responses).toMatchObject({ 200: { content: { 'text/plain': text } } });
  expect(paths['/reports']?.get?.responses).toMatchObject({ 200: { content: { 'text/csv': text } } });
  expect(connector.paths['/reports']?.get).toMatchObject({ produces: ['text/csv'], responses: { 200: text } });
});

test('a body may have several media types; the connector leaves out what it cannot send, and what is for programs', () => {
  expect(paths['/registrationJobs']?.post?.requestBody).toMatchObject({
    content: { 'application/json': { schema: { type: 'object' } }, 'text/csv': { schema: { type: 'string' } } },
  });
  expect(Object.keys(connector.paths).sort()).toEqual([
    '/devices',
    '/devices/{id}',
    '/jobs',
    '/registrationJobs',
    '/reports',
  ]);
});

test('what goes on after the answer is shown to makers as what the platform is told in the end', () => {
  expect(paths['/jobs']?.post?.responses).toMatchObject({ 202: { content: { 'application/json': {} } } });
  const { 200: done, 202: begun } = connector.paths['/jobs']?.post?.responses as Record<string, object>;
  expect([done, begun]).toEqual([
    { description: 'It is done.', schema: { type: 'object' } },
    { description: 'It has begun.' },
  ]);
});

test('a body that is text is sent as text', () => {
  const { consumes, parameters } = connector.paths['/jobs']?.post ?? {};
  expect(consumes).toEqual(['text/plain']);
  expect(parameters).toMatchObject([{ in: 'body', schema: { type: 'string' } }]);
});

test('a new collection is a group of its own', () => {
  expect(paths['/registrationJobs']?.post).toHaveProperty('tags', ['Registration jobs']);
  expect(paths['/$batch']?.post).toHaveProperty('tags', ['Batch']);
  expect(paths['/devices']?.get).toHaveProperty('tags', ['Devices']);
});

test('what comes later keeps the rules of the connector as well', () => {
  expect(rulesBroken(connector)).toEqual([]);
});
