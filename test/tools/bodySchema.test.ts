import { derive } from '../../tools/derive/derive.ts';
import {
  block,
  createDevice,
  createDeviceWith,
  device,
  deviceWith,
  place,
  problems,
  resource,
  schemaOf,
  warningsOf,
} from './pages.ts';

const base = device();
const bodyWith = (...rows: string[]) => schemaOf('deviceCreate', createDeviceWith(...rows), base).properties;

test('a body may write what the table lists, must hold what it requires, and names what it refuses', () => {
  const body = schemaOf('deviceCreate', createDeviceWith('displayName|String|The name. Required.'), base);
  expect(body).toMatchObject({
    $id: 'deviceCreate.json',
    title: 'DeviceCreate',
    'x-type': 'microsoft.graph.device',
    type: 'object',
    required: ['displayName'],
    additionalProperties: false,
    minProperties: 1,
  });
  expect(body.properties).toEqual({
    '@odata.type': { type: 'string', enum: ['#microsoft.graph.device'] },
    displayName: { description: 'The name. Required.', type: 'string', minLength: 1, maxLength: 256 },
    id: { readOnly: true, not: {} },
  });
});

test('without a table a body may write what the resource does not call read-only', () => {
  const body = schemaOf('deviceCreate', createDevice(), base);
  expect(body).not.toHaveProperty('required');
  expect(body.properties).toEqual({
    '@odata.type': { type: 'string', enum: ['#microsoft.graph.device'] },
    displayName: {
      description: 'The name. Maximum length is 256 characters.',
      type: ['string', 'null'],
      maxLength: 256,
    },
    id: { readOnly: true, not: {} },
  });
});

test('what the resource requires is required where it is created, not where it is changed', () => {
  const strict = deviceWith(['displayName|String|Required.'], { displayName: 'String' });
  const update = createDevice({
    title: '# Update device',
    httpRequest: `## HTTP request\n\n${block({ blockType: 'ignored' }, 'PATCH /devices/{id}')}`,
    request: block({ blockType: 'request' }, 'PATCH /v1.0/devices/id-value'),
  });
  expect(schemaOf('deviceCreate', createDevice(), strict).required).toEqual(['displayName']);
  expect(schemaOf('deviceUpdate', update, strict).required).toBeUndefined();
});

test('what the table does not say is taken over from the resource, but for being read-only or required', () => {
  const strict = deviceWith(
    ['key|Binary|The key. Read-only. Required.', 'deviceId|String|Its id. Must be a GUID. Not nullable.'],
    { key: 'Binary', deviceId: 'String' },
  );
  const { properties } = schemaOf('deviceCreate', createDeviceWith('key||', 'deviceId|String|Yours.'), strict);
  expect(properties.key).toMatchObject({
    description: 'The key. Read-only. Required.',
    type: ['string', 'null'],
    format: 'base64',
  });
  expect(properties.deviceId).toMatchObject({ description: 'Yours.', type: 'string', format: 'uuid' });
});

test('texts and collections without a bound of their own get one', () => {
  const { tags, note, key } = bodyWith('tags|String collection|', 'note|String|', 'key|Binary|');
  expect(note).toEqual({ type: ['string', 'null'], maxLength: 1024 });
  expect(tags).toEqual({ type: ['array', 'null'], maxItems: 1000, items: { type: 'string', maxLength: 1024 } });
  expect(key).toMatchObject({ minLength: 1, maxLength: 65536 });
});

test('a required collection holds at least one item', () => {
  expect(bodyWith('tags|String collection|Required. At most 5 items.').tags).toMatchObject({
    type: 'array',
    minItems: 1,
    maxItems: 5,
  });
});

test('"Required only if" and "Not Required" do not require', () => {
  const body = schemaOf(
    'deviceCreate',
    createDeviceWith('a|String|Required only if b.', 'b|String|Not Required.'),
    base,
  );
  expect(body).not.toHaveProperty('required');
});

test('possible values are the only ones, in the form of their type', () => {
  const body = bodyWith(
    'kind|String|Possible values are: `a`, `b`, `a`.',
    'size|Int32|Required. Possible values: `1`, `2`.',
    'on|Boolean|Possible values are: `true`.',
  );
  expect(body.kind?.enum).toEqual(['a', 'b', null]);
  expect(body.size?.enum).toEqual([1, 2]);
  expect(body.on?.enum).toEqual([true, null]);
});

test('control information can be listed; it is never null', () => {
  const body = bodyWith(
    '@odata.type|String|Possible values are: `#a`, `#b`.',
    '@odata.id|String|Maximum length is 2048.',
  );
  expect(body['@odata.type']).toMatchObject({ type: 'string', enum: ['#a', '#b'] });
  expect(body['@odata.id']).toMatchObject({ type: 'string', maxLength: 2048 });
});

test('a literal that a page shows is accepted beside base64, and only as a whole', () => {
  const { key } = bodyWith('key|Binary|Also accepted as documented: `a+b==`.');
  expect(key?.['x-also-accepted']).toEqual(['a+b==']);
  const pattern = new RegExp(String(key?.pattern), 'u');
  const judged = ['a+b==', 'aab==', 'xa+b==', 'a+b==x', 'YWJj', 'YWI=', 'YW=='].map((text) => pattern.test(text));
  expect(judged).toEqual([true, false, false, false, true, true, true]);
});

test('a resource within a body is written out and closed', () => {
  const key = resource('securityKey', ['type|Int32|', 'key|Binary|Required.', 'made|DateTimeOffset|Read-only.'], {
    type: 'Int32',
    key: 'Binary',
    made: 'String (timestamp)',
  });
  const body = schemaOf('deviceCreate', createDeviceWith('keys|securityKey collection|Not nullable.'), base, key);
  expect(body.properties.keys).toMatchObject({
    type: 'array',
    items: {
      type: 'object',
      required: ['key'],
      additionalProperties: false,
      properties: {
        '@odata.type': { enum: ['#microsoft.graph.securityKey'] },
        key: { type: 'string', minLength: 1 },
        made: { readOnly: true, not: {} },
      },
    },
  });
});

test('a resource that is a part of itself cannot be written', () => {
  const node = resource('node', ['next|node|'], { next: { '@odata.type': 'microsoft.graph.node' } });
  expect(problems(createDeviceWith('it|node|'), base, node)).toEqual([
    'resources/node.md:7: next makes node a part of itself; no body can be so',
  ]);
});

test('a body of an open type may hold extensions', () => {
  const open = deviceWith(['displayName|String|'], { displayName: 'String' }, { openType: true });
  const body = schemaOf('deviceCreate', createDevice(), open);
  expect(body['x-max-extensions']).toBe(100);
  expect(body.additionalProperties).toBe(false);
  expect(Object.keys(body.patternProperties ?? {})).toEqual([
    '^extension_[0-9a-f]{32}_[A-Za-z0-9_]{1,128}$',
    '^ext[a-z0-9]{8}_[A-Za-z0-9_]{1,128}$',
  ]);
});

test('two operations on one resource may share a body, if they say the same of it', () => {
  const again = (text: string) => ({ path: 'api/create-my-device.md', text });
  const mine = again(
    createDeviceWith('displayName|String|')
      .text.replace('# Create device', '# Create my device')
      .replace('create_device', 'mine'),
  );
  expect(derive([createDeviceWith('displayName|String|'), mine, base]).operations.get('createMyDevice')?.body).toBe(
    'deviceCreate',
  );
  expect(problems(createDeviceWith('displayName|String|Required.'), mine, base)).toEqual([
    'api/create-my-device.md:6: deviceCreate differs from the one that api/create-device.md describes',
  ]);
});

test('a body with neither table nor resource page is inferred from the example, with a warning', () => {
  const request = `## Example\n\n${block(
    { blockType: 'request' },
    'POST /v1.0/devices\n\n{ "on": true, "n": 1, "x": 1.5, "s": "a", "keys": [{ "a": 1 }, { "b": "c" }], "none": null, "list": [] }',
  )}`;
  const page = createDevice({ request });
  const derived = derive([page]);
  expect(warningsOf(derived)).toContain(
    `${place(page, 'POST /v1.0')}: no table and no resource page describe deviceCreate; inferred from this example`,
  );
  expect(derived.schemas.get('deviceCreate')).toMatchObject({
    additionalProperties: false,
    properties: {
      '@odata.type': { enum: ['#microsoft.graph.device'] },
      on: { type: 'boolean' },
      n: { type: 'integer' },
      x: { type: 'number' },
      s: { type: 'string', maxLength: 1024 },
      keys: { items: { additionalProperties: false, properties: { a: { type: 'integer' }, b: { type: 'string' } } } },
      none: {},
      list: { type: 'array' },
    },
  });
});

test('the resource of a body is found by the page that is linked, by the text of the link, or by the prose', () => {
  const bodyOf = (sentence: string) =>
    [
      ...derive([
        createDevice({ requestBody: `## Request body\n\n${sentence}`, answer: '', request: '' }),
        base,
      ]).operations.values(),
    ][0]?.body;
  expect(bodyOf('Supply [the thing](../resources/device.md).')).toBe('deviceCreate');
  expect(bodyOf('Supply a JSON representation for the Device object.')).toBe('deviceCreate');
  expect(bodyOf('Nothing is said.')).toBeUndefined();
  const infer = (sentence: string) => [
    ...derive([createDevice({ requestBody: `## Request body\n\n${sentence}` })]).schemas.keys(),
  ];
  expect(infer('Supply a [user](../resources/user.md).')).toEqual(['userCreate']);
  expect(infer('Supply [such a user](../resources/user.md).')).toEqual(['userCreate']);
  expect(infer('Supply something.')).toEqual(['deviceCreate']);
});

test('a body that neither a link, nor a table, nor the title tells of has no schema', () => {
  const { operations, schemas } = derive([
    createDevice({ title: '# Batch', requestBody: '## Request body\n\nSupply a list of requests.' }),
  ]);
  expect(operations.get('batch')).not.toHaveProperty('body');
  expect([...schemas.keys()]).toEqual([]);
});

test('a property in the table that the resource does not have is warned of', () => {
  const page = createDeviceWith('dispalyName|String|');
  expect(warningsOf(derive([page, base]))).toEqual([
    `${place(page, 'dispalyName')}: dispalyName is no property of device`,
  ]);
});

test('an example that shows a good request must be one by its own schema', () => {
  const request = (body: string) => block({ blockType: 'request' }, `POST /v1.0/devices\n\n${body}`);
  const page = createDevice({ request: request('{ "displayName": 1, "id": "a" }') });
  expect(problems(page, base)).toEqual([
    `${place(page, 'POST /v1.0')}: the body of this example is no deviceCreate: /displayName must be string,null; /id must NOT be valid`,
  ]);
  const answer = block({ blockType: 'response', expectError: true }, 'HTTP/1.1 400 Bad Request');
  expect(problems({ ...page, text: page.text.replace(/### Response[^]*/, answer) }, base)).toEqual([]);
});
