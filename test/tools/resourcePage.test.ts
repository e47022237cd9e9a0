import { derive } from '../../tools/derive/derive.ts';
import { omit } from '../../tools/derive/json.ts';
import { generatedMark } from '../../tools/derive/schema.ts';
import { deviceWith, problems, resource, schemaOf, table } from './pages.ts';

test('a resource schema joins table and JSON representation, in the order of the latter', () => {
  const page = deviceWith(
    [
      'displayName|String|The **name**, see [docs](https://example.com).',
      'id|String|The object id. Read-only. Not nullable.',
    ],
    { id: 'String (identifier)', displayName: 'String' },
    { baseType: 'microsoft.graph.directoryObject' },
  );
  expect(schemaOf('device', page)).toEqual({
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'device.json',
    $comment: generatedMark,
    title: 'Device',
    'x-type': 'microsoft.graph.device',
    'x-base-type': 'microsoft.graph.directoryObject',
    type: 'object',
    properties: {
      id: { description: 'The object id. Read-only. Not nullable.', type: 'string', readOnly: true },
      displayName: { description: 'The name, see docs.', type: ['string', 'null'] },
    },
  });
  expect(Object.keys(schemaOf('device', page).properties)).toEqual(['id', 'displayName']);
});

test.each([
  ['String', 'String', { type: ['string', 'null'] }],
  ['Boolean', true, { type: ['boolean', 'null'] }],
  ['Int32', 1024, { type: ['integer', 'null'], minimum: -2147483648, maximum: 2147483647 }],
  ['Edm.Int64', 'Int64', { type: ['integer', 'null'] }],
  ['Double', 'Double', { type: ['number', 'null'] }],
  ['DateTimeOffset', 'String (timestamp)', { type: ['string', 'null'], format: 'date-time' }],
  ['DateTimeOffset', 'timestamp', { type: ['string', 'null'], format: 'date-time' }],
  ['Binary', 'Binary', { type: ['string', 'null'], format: 'base64' }],
  ['Guid', 'string', { type: ['string', 'null'], format: 'uuid' }],
  ['String', 'string-value', { type: ['string', 'null'] }],
  ['String collection', ['String'], { type: ['array', 'null'], items: { type: 'string' } }],
  ['Collection(Edm.String)', ['string'], { type: ['array', 'null'], items: { type: 'string' } }],
  [
    '[device](device.md)',
    { '@odata.type': 'microsoft.graph.device' },
    { anyOf: [{ $ref: 'device.json' }, { type: 'null' }] },
  ],
  [
    'microsoft.graph.device collection',
    [{ '@odata.type': '#microsoft.graph.device' }],
    { type: ['array', 'null'], items: { $ref: 'device.json' } },
  ],
])('the type %s, shown as %j, is understood', (type, shown, schema) => {
  expect(schemaOf('device', deviceWith([`it|${type}|`], { it: shown })).properties).toEqual({ it: schema });
});

test.each([
  ['Must be a GUID.', { type: ['string', 'null'], format: 'uuid' }],
  ['Maximum length is 1,024 characters.', { type: ['string', 'null'], maxLength: 1024 }],
  ['Maximum length 64.', { type: ['string', 'null'], maxLength: 64 }],
  ['Maximum 32 characters.', { type: ['string', 'null'], maxLength: 32 }],
  ['NOT NULLABLE.', { type: 'string' }],
  ['Read-only.', { type: ['string', 'null'], readOnly: true }],
  ['Returned only on `$select`.', { type: ['string', 'null'], 'x-returned-on-select': true }],
  [
    'Possible values are: `a`, `b` (default), and `c`.',
    { type: ['string', 'null'], 'x-possible-values': ['a', 'b', 'c'] },
  ],
  ['The possible values are: `a` or `b`. Not `c`.', { type: ['string', 'null'], 'x-possible-values': ['a', 'b'] }],
  ['Possible values: one, two, or three.', { type: ['string', 'null'], 'x-possible-values': ['one', 'two', 'three'] }],
  ['Possible values are explained in the guide.', { type: ['string', 'null'] }],
  [
    'Supports `$filter` (`eq`, `ne`, `startsWith`, and `eq` on `null` values), `$search`, and `$orderby`.',
    {
      type: ['string', 'null'],
      'x-filter': ['eq', 'ne', 'startsWith', 'null'],
      'x-orderby': true,
      'x-search': true,
    },
  ],
  [
    'The ids. Read-only. Supports $filter (`/$count eq 0` and `/$count ne 0`). See the guide.',
    { type: ['string', 'null'], readOnly: true, 'x-filter': ['/$count eq 0', '/$count ne 0'] },
  ],
  [
    'Supports $filter (eq) and $orderBy. Required.',
    { type: ['string', 'null'], 'x-filter': ['eq'], 'x-orderby': true },
  ],
  ['Supports $filter (and nothing that is known).', { type: ['string', 'null'] }],
  ['This device supports more than $filter (eq).', { type: ['string', 'null'] }],
])('the words "%s" are understood', (description, schema) => {
  const properties = schemaOf('device', deviceWith([`it|String|${description}`], { it: 'String' })).properties;
  expect(omit(properties.it ?? {}, 'description')).toEqual(schema);
});

test('without a type in the table, the JSON representation names it or shows a sample', () => {
  const rows = ['a||', 'b||', 'c||', 'd||', 'e||', 'f||'];
  const shown = { a: 'Binary', b: 'some-value', c: true, d: 1.5, e: ['string'], f: { '@odata.type': 'a.device' } };
  expect(schemaOf('device', deviceWith(rows, shown)).properties).toEqual({
    a: { type: ['string', 'null'], format: 'base64' },
    b: { type: ['string', 'null'] },
    c: { type: ['boolean', 'null'] },
    d: { type: ['number', 'null'] },
    e: { type: ['array', 'null'], items: { type: 'string' } },
    f: { anyOf: [{ $ref: 'device.json' }, { type: 'null' }] },
  });
});

test('what is said of a collection is said of its items, but for their number', () => {
  const rows = ['it|String collection|Not nullable. At most 20 items. Maximum length is 8 characters.'];
  expect(schemaOf('device', deviceWith(rows, { it: ['String'] })).properties.it).toMatchObject({
    type: 'array',
    maxItems: 20,
    items: { type: 'string', maxLength: 8 },
  });
});

test('the key is never null', () => {
  const page = deviceWith(['id|String|The id.'], { id: 'String' }, { keyProperty: 'id' });
  expect(schemaOf('device', page).properties.id).toEqual({ description: 'The id.', type: 'string' });
});

test('an open type may hold other properties', () => {
  const rows = ['id|String|'];
  expect(schemaOf('device', deviceWith(rows, { id: 'String' }, { openType: true })).additionalProperties).toBe(true);
  expect(schemaOf('device', deviceWith(rows, { id: 'String' }))).not.toHaveProperty('additionalProperties');
});

test('an enumeration is a table of members under a heading of its own', () => {
  const page = deviceWith(['it|deviceKind|'], { it: 'String' });
  const values = `\n### deviceKind values\n\n${table('Member|Description', 'phone|Small.', 'laptop|Large.')}\n`;
  expect(schemaOf('device', { ...page, text: page.text + values }).properties.it).toEqual({
    type: ['string', 'null'],
    'x-possible-values': ['phone', 'laptop'],
  });
});

test('rows that only group others, relationships and the type itself are no properties', () => {
  const page = deviceWith(['**Names**||', 'id|String|'], {
    '@odata.type': '#microsoft.graph.device',
    id: 'String',
    memberOf: [{ '@odata.type': 'microsoft.graph.group' }],
  });
  const relationships = `\n## Relationships\n\n${table(
    'Relationship|Type|Description',
    'memberOf|[group](group.md) collection|Its groups.',
    '[List all](../api/list.md)|group collection|',
  )}\n`;
  const pages = [{ ...page, text: page.text + relationships }];
  expect(problems(...pages)).toEqual([]);
  expect(Object.keys(schemaOf('device', ...pages).properties)).toEqual(['id']);
  expect(schemaOf('device', ...pages)['x-relationships']).toEqual(['memberOf']);
});

test('a type is spelt as its own page spells it', () => {
  const holder = resource('holder', ['it|DEVICE|'], { it: { '@odata.type': 'microsoft.graph.Device' } });
  const { schemas } = derive([holder, deviceWith(['id|String|'], { id: 'String' })]);
  expect(schemas.get('holder')?.properties?.it).toEqual({ anyOf: [{ $ref: 'device.json' }, { type: 'null' }] });
});
