import { parseQuery, selectSuffix } from '../../shared/contract/odata/query.ts';
import { resources } from '../../shared/contract/odata/model.ts';
import { read, readPlainly, refusalOf } from './read.ts';

test('options: without any, a query asks for a hundred objects as they are', () => {
  expect(parseQuery({ text: '', eventual: false }, 'device')).toEqual({
    orderby: [],
    top: 100,
    count: false,
    eventual: false,
  });
});

test('options: they are decoded, their names in whatever case, and what does not begin with $ is ignored', () => {
  const text = '%24top=5&$SELECT=id%2CdisplayName&top=7&filter=nonsense&&=&x=%zz'.replace('%zz', '1');
  expect(parseQuery({ text, eventual: false }, 'device')).toMatchObject({ top: 5, select: ['id', 'displayName'] });
  const spaced = parseQuery({ text: "$filter=displayName+eq+'a+b'", eventual: false }, 'device');
  expect(spaced.filter).toMatchObject({ key: 'A B' });
});

test('options: what cannot be decoded is refused', () => {
  expect(refusalOf(() => parseQuery({ text: '$filter=%zz', eventual: false }, 'device'))).toMatchObject({
    code: 'BadRequest',
    hint: "'%zz' is not percent-encoded UTF-8.",
  });
});

test.each([
  ['$skip', '5'],
  ['$apply', 'x'],
  ['$compute', 'x'],
  ['$whatever', ''],
  ['$deltatoken', 'x'],
])('options: %s is not served', (option, value) => {
  expect(refusalOf(() => read({ [option]: value }))).toMatchObject({
    code: 'Request_BadRequest',
    message: `'${option}' is not supported by the service.`,
    option,
  });
});

test('options: none may stand twice', () => {
  expect(refusalOf(() => parseQuery({ text: '$top=1&%24Top=1', eventual: false }, 'device'))).toMatchObject({
    code: 'BadRequest',
    message: "Query option '$top' was specified more than once, but it must be specified at most once.",
    option: '$top',
  });
});

test('options: one entity has $select and $expand only, a number has $filter and $search', () => {
  const options = { $select: 'id', $expand: 'registeredUsers', $format: 'json' };
  expect(readPlainly(options, 'device', 'entity')).toMatchObject({ select: ['id'] });
  expect(refusalOf(() => readPlainly({ $top: '1' }, 'device', 'entity')).message).toContain("'$top' is not supported");
  const counted = parseQuery({ text: "$filter=displayName ne 'x'", eventual: true }, 'device', 'count');
  expect(counted.filter).toMatchObject({ operator: 'ne' });
  expect(refusalOf(() => readPlainly({}, 'device', 'count'))).toMatchObject({
    code: 'Request_BadRequest',
    message: '$count is not currently supported.',
  });
});

test.each([
  ['0', 'Request_BadRequest', "Invalid page size specified: '0'. Must be between 1 and 999 inclusive."],
  ['1000', 'Request_BadRequest', "Invalid page size specified: '1000'. Must be between 1 and 999 inclusive."],
  ['-1', 'Request_BadRequest', "Invalid page size specified: '-1'. Must be between 1 and 999 inclusive."],
  [
    'ten',
    'BadRequest',
    "Invalid value 'ten' for $top query option found. The $top query option requires a non-negative integer value.",
  ],
  ['1.5', 'BadRequest', expect.stringContaining("Invalid value '1.5'") as string],
])('options: $top=%s is refused', ($top, code, message) => {
  expect(refusalOf(() => read({ $top }))).toMatchObject({ code, message, option: '$top' });
});

test('options: $count is heeded for ConsistencyLevel: eventual and silently ignored without', () => {
  expect(read({ $count: 'true' }).count).toBe(true);
  expect(read({ $count: 'false' }).count).toBe(false);
  expect(readPlainly({ $count: 'true' }).count).toBe(false);
  expect(refusalOf(() => read({ $count: 'yes' })).message).toBe(
    "Invalid value 'yes' for $count query option found. Valid values are 'true' or 'false'.",
  );
});

test('options: the only format is JSON', () => {
  expect(read({ $format: 'application/json;odata.metadata=minimal' })).toBeDefined();
  expect(refusalOf(() => read({ $format: 'xml' }))).toMatchObject({ code: 'BadRequest', option: '$format' });
});

test('$select: names once each, in the order of the caller; extensions by the form of their names', () => {
  const extension = 'extension_0123456789abcdef0123456789abcdef_shelf';
  expect(read({ $select: `id, displayName,${extension},id` }).select).toEqual(['id', 'displayName', extension]);
  expect(read({ $select: '*' })).not.toHaveProperty('select');
});

test.each([
  ['id,nickname', 4, "Could not find a property named 'nickname' on type 'microsoft.graph.device'."],
  ['ID', 1, "Could not find a property named 'ID' on type 'microsoft.graph.device'."],
  [
    'extensionAttributes/extensionAttribute1',
    1,
    "Could not find a property named 'extensionAttributes/extensionAttribute1'",
  ],
  ['id,,displayName', 4, 'Syntax error at position 4'],
  ['', 1, 'Syntax error at position 1'],
])('$select: %j is refused at character %i', ($select, position, message) => {
  const refusal = refusalOf(() => read({ $select }));
  expect(refusal).toMatchObject({ code: 'BadRequest', option: '$select' });
  expect(refusal.message).toContain(`Parsing OData Select and Expand failed: ${message}`);
  expect(refusal.hint).toContain(`Character ${position}: `);
});

test('$expand: one relationship, whole or in part', () => {
  expect(readPlainly({ $expand: 'registeredUsers' }).expand).toEqual({ relationship: 'registeredUsers' });
  expect(readPlainly({ $expand: ' registeredOwners( $select=id, displayName )' }).expand).toEqual({
    relationship: 'registeredOwners',
    select: ['id', 'displayName'],
  });
});

test.each([
  ['registeredUsers,registeredOwners', 'Request_UnsupportedQuery', 'Character 1: One relationship is expected'],
  ["registeredUsers($filter=id eq 'x')", 'Request_UnsupportedQuery', 'One relationship is expected'],
  ['nobody', 'BadRequest', 'Character 1: These can be expanded: registeredOwners, registeredUsers'],
  ['registeredUsers($select=id,nickname)', 'BadRequest', "Character 28: 'nickname' is no property"],
])('$expand: %s is refused', ($expand, code, hint) => {
  const refusal = refusalOf(() => readPlainly({ $expand }));
  expect(refusal).toMatchObject({ code, option: '$expand' });
  expect(refusal.hint).toContain(hint);
});

test('$expand: it does not go with an advanced query', () => {
  expect(refusalOf(() => read({ $expand: 'registeredUsers' }))).toMatchObject({
    code: 'Request_UnsupportedQuery',
    option: '$expand',
  });
});

test('$orderby: one property, in either direction, for advanced queries only', () => {
  const field = { path: 'displayName', type: 'string' };
  expect(read({ $orderby: 'displayName' }).orderby).toEqual([{ field, descending: false }]);
  expect(read({ $orderby: 'displayName ASC' }).orderby).toEqual([{ field, descending: false }]);
  expect(read({ $orderby: ' displayName  desc ' }).orderby).toEqual([{ field, descending: true }]);
  const unsorted = { code: 'Request_UnsupportedQuery', message: 'Sorting not supported for current query.' };
  expect(refusalOf(() => readPlainly({ $orderby: 'displayName' }))).toMatchObject(unsorted);
  expect(refusalOf(() => read({ $orderby: 'displayName,createdDateTime' }))).toMatchObject(unsorted);
  expect(refusalOf(() => read({ $orderby: 'model' }))).toMatchObject({
    ...unsorted,
    hint: expect.stringContaining('displayName') as string,
  });
  expect(refusalOf(() => read({ $orderby: 'nickname' })).message).toContain("Property 'nickname' does not exist");
  expect(refusalOf(() => read({ $orderby: 'displayName up' })).hint).toContain('Character 13: ');
});

test('the context of an answer names what was selected and expanded', () => {
  expect(selectSuffix({})).toBe('');
  expect(selectSuffix({ select: ['id', 'extensionAttributes'] })).toBe('(id,extensionAttributes)');
  expect(selectSuffix({ select: ['id'], expand: { relationship: 'registeredUsers' } })).toBe('(id,registeredUsers())');
  expect(selectSuffix({ expand: { relationship: 'registeredUsers', select: ['id'] } })).toBe('(registeredUsers(id))');
});

test('what queries can do is what the pages of the resources say', () => {
  const { properties, collections, relationships } = resources.device;
  const sortable = [...properties.values()].filter(({ orderby }) => orderby).map(({ path }) => path);
  expect(sortable.toSorted()).toEqual([
    'approximateLastSignInDateTime',
    'createdDateTime',
    'deletedDateTime',
    'displayName',
  ]);
  expect([...properties.values()].filter(({ search }) => search).map(({ path }) => path)).toEqual(['displayName']);
  expect([...(properties.get('operatingSystem')?.filter ?? [])]).toEqual(
    expect.arrayContaining(['eq', 'ne', 'not', 'ge', 'gt', 'le', 'lt', 'startsWith', 'null']),
  );
  expect([...(collections.get('alternativeSecurityIds')?.fields.keys() ?? [])].toSorted()).toEqual([
    'identityProvider',
    'key',
    'type',
  ]);
  expect(relationships).toContain('registeredUsers');
});
