import { existsSync, readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { operationsIn, type Swagger } from './document.ts';
import { faultsBySchema } from './publicSchema.ts';

interface Policy {
  templateId: string;
  parameters: Record<string, unknown>;
}
interface ApiProperties {
  properties: {
    iconBrandColor: string;
    connectionParameters: Record<string, { type: string; oAuthSettings?: Record<string, unknown> }>;
    policyTemplateInstances: Policy[];
  };
}

const read = (name: string): unknown => JSON.parse(readFileSync(`connector/${name}`, 'utf8'));
const apiProperties = read('apiProperties.json') as ApiProperties;
const { connectionParameters, iconBrandColor, policyTemplateInstances: policies } = apiProperties.properties;
const actions = operationsIn(read('apiDefinition.swagger.json') as Swagger).map(({ it }) => it);
const actionsUnder = (templateId: string): unknown =>
  policies.find((policy) => policy.templateId === templateId)?.parameters['x-ms-apimTemplate-operationName'];

test('a maker signs in with Entra, and may give a key besides', () => {
  expect(Object.keys(apiProperties)).toEqual(['properties']);
  expect(Object.keys(connectionParameters)).toEqual(['token', 'api_key']);
  expect(connectionParameters.token?.oAuthSettings).toMatchObject({
    identityProvider: 'aad',
    redirectUrl: 'https://global.consent.azure-apim.net/redirect',
  });
  expect(connectionParameters.api_key).toMatchObject({
    type: 'securestring',
    uiDefinition: { constraints: { required: 'false', clearText: false } },
  });
  expect(policies.find(({ templateId }) => templateId === 'setheader')?.parameters).toMatchObject({
    'x-ms-apimTemplateParameter.name': 'x-functions-key',
    'x-ms-apimTemplateParameter.value': "@connectionParameters('api_key','')",
  });
});

test('policies name actions that there are', () => {
  const named = policies.flatMap(({ parameters }) => (parameters['x-ms-apimTemplate-operationName'] ?? []) as string[]);
  expect(actions.map(({ operationId }) => operationId)).toEqual(expect.arrayContaining(named));
  expect(named.length).toBeGreaterThan(0);
});

test('the link to the next page of every list goes through the connector', () => {
  const lists = actions.filter((action) => 'x-ms-pageable' in action).map(({ operationId }) => operationId);
  expect(lists.length).toBeGreaterThan(0);
  expect(actionsUnder('updatenextlink')).toEqual(lists);
});

test('an object id that must be sent as an address becomes one', () => {
  expect(actionsUnder('setproperty')).toEqual(['AddDeviceRegisteredUser', 'AddDeviceRegisteredOwner']);
});

test('the icon is a square of 230 pixels on the brand colour, opaque', () => {
  const png = readFileSync('connector/icon.png');
  expect(png.length).toBeLessThan(1_000_000);
  const [width, height, depth, colourType] = [png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25]];
  // Colour type 2: red, green and blue, nothing to see through.
  expect([width, height, depth, colourType]).toEqual([230, 230, 8, 2]);
  const begin = png.indexOf('IDAT', 0, 'latin1');
  const pixels = inflateSync(png.subarray(begin + 4, begin + 4 + png.readUInt32BE(begin - 4)));
  expect(`#${pixels.subarray(1, 4).toString('hex')}`).toBe(iconBrandColor);
  expect(['#ffffff', '#007ee5']).not.toContain(iconBrandColor);
  expect(readFileSync('pages/icon.svg', 'utf8')).toContain(iconBrandColor);
});

const schemaFile = '../shared/data/paconn-apiProperties.schema.json';
const withSchema = existsSync(schemaFile) ? test : test.skip;

withSchema('the properties are what Microsoft’s schema of such files asks for', () => {
  expect(faultsBySchema(schemaFile, apiProperties)).toEqual([]);
  expect(faultsBySchema(schemaFile, { ...apiProperties, extra: 1 })).not.toEqual([]);
});
