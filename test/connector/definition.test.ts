import { existsSync, readFileSync } from 'node:fs';
import { operations } from '../../shared/api.ts';
import type { Parameter, Schema, Swagger } from './document.ts';
import { faultsBySchema } from './publicSchema.ts';
import { rules, rulesBroken } from './rules.ts';

const text = readFileSync('connector/apiDefinition.swagger.json', 'utf8');
const read = (): Swagger => JSON.parse(text) as Swagger;

test('the connector keeps every rule', () => {
  expect(rulesBroken(read())).toEqual([]);
});

const device = "/devices(deviceId='{deviceId}')";

/** The definition with one thing changed, by which one rule is broken. */
const mutations: Record<string, (document: Swagger & Required<Pick<Swagger, 'info' | 'definitions'>>) => void> = {
  'a title has': ({ info }) => (info.title = 'Device API'),
  'a description has 30': ({ info }) => (info.description = 'Registers devices for Power Automate and others.'),
  'a contact has': ({ info }) => delete info.contact?.email,
  'a host has': (document) => (document.host = 'localhost:7071'),
  'the only scheme': (document) => (document.schemes = ['http', 'https']),
  'the metadata are': (document) =>
    (document['x-ms-connector-metadata'] = [{ propertyName: 'Site', propertyValue: 'x' }]),
  'the definition is smaller': ({ info }) => (info.description = 'x'.repeat(1_000_000)),
  'there are at most 256': ({ paths }) => {
    for (let count = 0; count < 256; count++) paths[`/devices${count}`] = structuredClone(paths['/devices'] ?? {});
  },
  'an operationId is there': (document) => (create(document).operationId = 'create_device'),
  'an operationId is the only': (document) => (create(document).operationId = 'GETDEVICE'),
  'a summary has': (document) => (create(document).summary = 'Create a device / computer'),
  'an operation answers': (document) => delete create(document).responses?.['201'],
  'one answer at most': (document) => (create(document).responses = { 201: { schema: {} }, default: { schema: {} } }),
  'a media type to send': (document) => (document.consumes = ['application/xml']),
  'a replacement is': (document) => (create(document)['x-ms-api-annotation'] = { replacement: { operationId: 'A' } }),
  'a link to the next page': (document) => (create(document)['x-ms-pageable'] = { nextLinkName: 'next' }),
  'a path has neither': ({ paths }) => (paths['/devices?a=b'] = {}),
  'a path item refers': ({ paths }) => (paths['/devices'] = { $ref: {} }),
  'paths differ in': ({ paths }) => (paths['/DEVICES/{deviceId}'] = {}),
  'no path fits': ({ paths }) => (paths['/devices/bulk'] = { get: { operationId: 'GetBulk' } }),
  'a device is addressed': ({ paths }) => (paths[device] = { get: { operationId: 'GetByDeviceId' } }),
  'the parameters of a path': ({ paths }) => (paths['/devices/{id}/{other}'] = paths['/devices/{id}'] ?? {}),
  'a field has a label': (document) => (idOf(document)['x-ms-summary'] = 'object id'),
  'a field and an operation': (document) => (idOf(document).description = 'Object ID.'),
  'a field says how': (document) => delete idOf(document)['x-ms-visibility'],
  'what is required and internal': (document) => (idOf(document)['x-ms-visibility'] = 'internal'),
  'a parameter in the path': (document) => delete idOf(document)['x-ms-url-encoding'],
  'GET has no body': ({ paths }) => paths['/devices/{id}']?.get?.parameters?.push({ name: 'body', in: 'body' }),
  'no parameter is called': (document) => create(document).parameters?.push({ name: 'connectionId', in: 'query' }),
  'a schema has one type': ({ definitions }) =>
    (definitions.Device = { type: ['object', 'null'], oneOf: [] } as Schema),
  'nothing stands beside': (document) => Object.assign(bodyOf(document), { type: 'object' }),
  'a reference leads': (document) => (bodyOf(document).$ref = '#/definitions/Nothing'),
  'required properties do not': ({ definitions }) => {
    definitions.A = { type: 'object', required: ['b'], properties: { b: { $ref: '#/definitions/B' } } };
    definitions.B = { type: 'object', required: ['a'], properties: { a: { $ref: '#/definitions/A' } } };
  },
  'a required property': ({ definitions }) => definitions.DeviceCreate?.required?.push('colour'),
  'a format is': ({ definitions }) => (definitions.Device = { type: 'string', format: 'base64' }),
  'an extension stands': ({ definitions }) => (definitions.Device = { type: 'object', 'x-ms-trigger': 'single' }),
  'there are at most 512': ({ definitions }) => {
    const names = Array.from({ length: 600 }, (_, index) => `p${index}`);
    definitions.DeviceCreate = {
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
    };
  },
};

const create = ({ paths }: Swagger) => paths['/devices']?.post ?? {};
const bodyOf = (document: Swagger): Schema =>
  create(document).parameters?.find((parameter) => parameter.in === 'body')?.schema ?? {};
const idOf = ({ paths }: Swagger): Parameter => paths['/devices/{id}']?.get?.parameters?.[0] ?? {};

test.each(Object.keys(rules))('the rule "%s" finds its defect', (rule) => {
  const [, mutate] = Object.entries(mutations).find(([begin]) => rule.startsWith(begin)) ?? [];
  const document = read() as Parameters<NonNullable<typeof mutate>>[0];
  mutate?.(document);
  const found = rulesBroken(document);
  expect(found.filter((finding) => finding.startsWith(`${rule}: `))).not.toEqual([]);
});

test('makers get an action for each operation but $batch, at its first address only', () => {
  const { paths } = read();
  const actions = Object.values(paths).flatMap((item) =>
    Object.values(item).map(({ operationId = '' }) => operationId),
  );
  const pascal = ({ id }: { id: string }): string => id.charAt(0).toUpperCase() + id.slice(1);
  expect(actions.sort()).toEqual(
    operations
      .filter(({ holdsRequests }) => !holdsRequests)
      .map(pascal)
      .sort(),
  );
  expect(Object.keys(paths).filter((path) => path.includes('('))).toEqual([]);
});

test('who links something gives an object id; addresses and types are hidden', () => {
  const { DirectoryObjectAdd, DirectoryObjectCreate } = read().definitions ?? {};
  expect(DirectoryObjectAdd?.properties?.['@odata.id']).toMatchObject({
    format: 'uuid',
    'x-ms-summary': 'Object ID',
    'x-ms-visibility': 'important',
  });
  expect(DirectoryObjectCreate?.properties).toMatchObject({
    id: { 'x-ms-visibility': 'important' },
    '@odata.id': { 'x-ms-visibility': 'internal' },
    '@odata.type': { 'x-ms-visibility': 'internal' },
  });
});

const schemaFile = '../shared/data/apiDefinition.swagger.schema.json';
const withSchema = existsSync(schemaFile) ? test : test.skip;

withSchema('the definition is what Microsoft’s schema of such files asks for', () => {
  expect(faultsBySchema(schemaFile, read())).toEqual([]);
  expect(faultsBySchema(schemaFile, { ...read(), host: 'https://x/y' })).not.toEqual([]);
});
