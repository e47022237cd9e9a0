import { read, readPlainly, refusalOf, shown } from './read.ts';

const guid = '4c299165-6e8f-4b45-a5ba-c5d250a707ff';

test.each([
  ["displayName eq 'Linux box'", 'displayName eq "LINUX BOX"'],
  ["displayName eq 'O''Neill'", 'displayName eq "O\'NEILL"'],
  ["displayName eq ''", 'displayName eq ""'],
  ["  displayName\teq\n'x' ", 'displayName eq "X"'],
  ["displayName EQ 'x'", 'displayName eq "X"'],
  ["displayName ne 'x'", 'displayName ne "X"'],
  ["displayName gt 'a' and displayName le 'b'", '(displayName gt "A" and displayName le "B")'],
  ["displayName lt 'a' or displayName ge 'b'", '(displayName lt "A" or displayName ge "B")'],
  ["displayName in ('a','A', 'b')", 'displayName in ["A","B"]'],
  ['displayName eq null', 'displayName eq null'],
  ['displayName ne NULL', 'displayName ne null'],
  ['accountEnabled eq false', 'accountEnabled eq 0'],
  ['accountEnabled in (true)', 'accountEnabled in [1]'],
  [`deviceId eq ${guid}`, `deviceId eq "${guid.toUpperCase()}"`],
  [`id in ('${guid}')`, `id in ["${guid.toUpperCase()}"]`],
  ["startswith(displayName,'lin')", 'startsWith(displayName,"LIN")'],
  ["StartsWith( displayName , 'lin' ) eq true", 'startsWith(displayName,"LIN")'],
  ["startsWith(deviceId,'4c29')", 'startsWith(deviceId,"4C29")'],
  ["extensionAttributes/extensionAttribute1 eq 'x'", 'extensionAttributes/extensionAttribute1 eq "X"'],
  [
    "startsWith(extensionAttributes/extensionAttribute15,'x')",
    'startsWith(extensionAttributes/extensionAttribute15,"X")',
  ],
  [
    'approximateLastSignInDateTime ge 2026-01-15T10:30:00.5+01:00',
    'approximateLastSignInDateTime ge "2026-01-15T09:30:00.500000000000"',
  ],
  [
    'approximateLastSignInDateTime le 2026-01-15',
    'approximateLastSignInDateTime le "2026-01-15T00:00:00.000000000000"',
  ],
  [
    "alternativeSecurityIds/any(x:x/type eq 2 and x/key eq binary'Y3Y-_w')",
    'alternativeSecurityIds any (type eq 2 and key eq "Y3Y+/w")',
  ],
  ["alternativeSecurityIds/any(x : x/key eq 'Y3YxN2E1MWFlYw==')", 'alternativeSecurityIds any key eq "Y3YxN2E1MWFlYw"'],
  ["physicalIds/any(p:startsWith(p,'[ZTDID]'))", 'physicalIds any startsWith(,"[ZTDID]")'],
  ["not physicalIds/any(p:p eq 'a' or p eq 'b')", 'not physicalIds any ( eq "A" or  eq "B")'],
  ['systemLabels/$count eq 0', 'systemLabels empty'],
  ['physicalIds/$count ne 0', 'not physicalIds empty'],
])('filter: %s is understood', (text, expected) => {
  expect(shown(read({ $filter: text }).filter)).toBe(expected);
});

test.each([
  [
    'isManaged eq true or isCompliant eq true and accountEnabled eq true',
    '(isManaged eq 1 or (isCompliant eq 1 and accountEnabled eq 1))',
  ],
  [
    '(isManaged eq true or isCompliant eq true) and accountEnabled eq true',
    '((isManaged eq 1 or isCompliant eq 1) and accountEnabled eq 1)',
  ],
  ['not isManaged eq true and accountEnabled eq true', '(not isManaged eq 1 and accountEnabled eq 1)'],
  ['not (isManaged eq true and accountEnabled eq true)', 'not (isManaged eq 1 and accountEnabled eq 1)'],
  ['not not isManaged eq true', 'not not isManaged eq 1'],
  ['((isManaged eq true))', 'isManaged eq 1'],
  [
    'isManaged eq true and (isCompliant eq true and accountEnabled eq true)',
    '(isManaged eq 1 and isCompliant eq 1 and accountEnabled eq 1)',
  ],
])('filter: "or" binds least, then "and", "not" and comparisons: %s', (text, expected) => {
  expect(shown(read({ $filter: text }).filter)).toBe(expected);
});

/** Texts that do not follow the grammar, with the character at fault. */
test.each([
  ['', 1, 'the text ends here'],
  ['displayName', 12, "an operator such as 'eq' is expected"],
  ["displayName qe 'x'", 13, "'qe' cannot stand here"],
  ['displayName eq', 15, 'the text ends here'],
  ['displayName eq x', 16, "'x' cannot stand here"],
  ["displayName eq 'x' accountEnabled", 20, 'another operator'],
  ["(displayName eq 'x'", 20, "')' is expected"],
  ["displayName eq 'x')", 19, 'the end'],
  ["'x' eq displayName", 1, 'the name of a property'],
  ["displayName in 'x'", 16, "'(' is expected"],
  ["displayName in ('x'", 20, "')' is expected"],
  ["displayName in ('x',null)", 21, 'another value than null'],
  ['displayName gt null', 16, 'another value than null'],
  ["substringof('x',displayName)", 1, 'startsWith, endsWith or contains'],
  ["constructor(displayName,'x')", 1, 'startsWith, endsWith or contains'],
  ["startsWith(displayName 'x')", 24, "',' is expected"],
  ['startsWith(displayName,2)', 24, 'text in single quotes'],
  ["startsWith(displayName,'x') eq false", 32, "'true' is expected"],
  ["physicalIds/all(p:p eq 'x')", 13, "'any' is expected"],
  ["physicalIds/any(p p eq 'x')", 19, "':' is expected"],
  ['physicalIds/any()', 17, 'a name for the items'],
  ['displayName eq "x"', 16, 'no closing quote'],
  ["displayName eq 'x' & 1", 20, "'&' cannot stand here"],
  ['displayName eq 12345678901234567890', 16, "'1' cannot stand here"],
])('filter: of %j the character %i is at fault', (text, position, hint) => {
  const query = refusalOf(() => read({ $filter: text }));
  expect(query).toMatchObject({ code: 'BadRequest', status: 400, option: '$filter' });
  expect(query.message).toContain('Invalid filter clause: ');
  expect(query.hint).toContain(`Character ${position}: `);
  expect(query.hint).toContain(hint);
});

test('filter: syntax errors are told in the words of OData, with the position', () => {
  expect(refusalOf(() => read({ $filter: "displayName qe 'x'" })).message).toBe(
    "Invalid filter clause: Syntax error at position 13 in 'displayName qe 'x''.",
  );
  expect(refusalOf(() => read({ $filter: "displayName eq 'x" })).message).toBe(
    "Invalid filter clause: There is an unterminated string literal at position 16 in 'displayName eq 'x'.",
  );
});

test.each([
  ["accountEnabled eq 'true'", 'Edm.Boolean', 'Edm.String', 'Equal', 19],
  ['displayName ne 2', 'Edm.String', 'Edm.Int32', 'NotEqual', 16],
  ['displayName ge true', 'Edm.String', 'Edm.Boolean', 'GreaterThanOrEqual', 16],
  ["approximateLastSignInDateTime le '2026-01-15'", 'Edm.DateTimeOffset', 'Edm.String', 'LessThanOrEqual', 34],
  [`approximateLastSignInDateTime eq ${guid}`, 'Edm.DateTimeOffset', 'Edm.Guid', 'Equal', 34],
  ["alternativeSecurityIds/any(x:x/type eq '2')", 'Edm.Int32', 'Edm.String', 'Equal', 40],
  ['alternativeSecurityIds/any(x:x/key eq 2)', 'Edm.Binary', 'Edm.Int32', 'Equal', 39],
])('filter: types must fit: %s', (text, left, right, operator, position) => {
  const refusal = refusalOf(() => read({ $filter: text }));
  expect(refusal).toMatchObject({
    code: 'BadRequest',
    message: `Invalid filter clause: A binary operator with incompatible types was detected. Found operand types '${left}' and '${right}' for operator kind '${operator}'.`,
  });
  expect(refusal.hint).toMatch(new RegExp(`^Character ${position}: A value such as `));
});

test('filter: a day that does not exist is no instant', () => {
  expect(refusalOf(() => read({ $filter: 'approximateLastSignInDateTime ge 2026-02-31T25:00:00Z' }))).toMatchObject({
    code: 'BadRequest',
    message: expect.stringContaining("Unrecognized 'Edm.DateTimeOffset' literal '2026-02-31T25:00:00Z'") as string,
    hint: 'Character 34: There is no such day or time.',
  });
});

test.each([
  ["nickname eq 'x'", 'nickname', 1],
  ["isManaged eq true and DisplayName eq 'x'", 'DisplayName', 23],
  ["startsWith(__proto__,'x')", '__proto__', 12],
  ["constructor eq 'x'", 'constructor', 1],
  ["labels/any(x:x eq 'y')", 'labels', 1],
  ['labels/$count eq 0', 'labels', 1],
])('filter: an unknown property is named: %s', (text, name, position) => {
  expect(refusalOf(() => read({ $filter: text }))).toEqual({
    code: 'Request_UnsupportedQuery',
    status: 400,
    message: `Property '${name}' does not exist as a declared property or extension property.`,
    option: '$filter',
    hint: `Character ${position}: '${name}' is no property of the resource 'Device'. Names are case-sensitive.`,
  });
});

test.each([
  ["model eq 'x'", 'model', "'model' cannot be filtered"],
  ['createdDateTime ge 2026-01-01', 'createdDateTime', 'cannot be filtered'],
  ["deviceId ge 'x'", 'deviceId', "'deviceId' supports eq, ne, not, startsWith"],
  ["contains(displayName,'x')", 'displayName', 'supports eq, ne'],
  ["endsWith(displayName,'x')", 'displayName', 'supports eq, ne'],
  ["operatingSystem in ('x')", 'operatingSystem', 'supports eq, ne'],
  ['deviceId eq null', 'deviceId', 'supports eq, ne, not, startsWith'],
  ["not onPremisesSecurityIdentifier eq 'x'", 'onPremisesSecurityIdentifier', 'supports eq'],
  ["extensionAttributes/extensionAttribute1 ne 'x'", 'extensionAttributes/extensionAttribute1', 'supports eq, not'],
  ['extensionAttributes eq null', 'extensionAttributes', 'no single value'],
  ["extensionAttributes/extensionAttribute16 eq 'x'", 'extensionAttributes', 'no single value'],
  ["physicalIds eq 'x'", 'physicalIds', "'physicalIds/any(x: …)'"],
  ["physicalIds/any(p:startsWith(displayName,'x'))", 'physicalIds', 'p may be compared here'],
  ["alternativeSecurityIds/any(x:x eq 'y')", 'alternativeSecurityIds', 'x/type'],
  ["alternativeSecurityIds/any(x:x/kind eq 'y')", 'alternativeSecurityIds', 'x/type'],
  ["physicalIds/any(p:physicalIds/any(q:q eq 'y'))", 'physicalIds', 'No collection is named here'],
  ["systemLabels/any(l:l eq 'x')", 'systemLabels', 'supports /$count eq 0'],
  ['alternativeSecurityIds/$count eq 0', 'alternativeSecurityIds', 'supports eq'],
  ['physicalIds/$count gt 0', 'physicalIds', '/$count eq 0'],
  ['physicalIds/$count eq 1', 'physicalIds', '/$count eq 0'],
  ['displayName/$count eq 0', 'displayName', 'No collection is named here'],
])('filter: what the page of the resource does not promise is refused: %s', (text, name, hint) => {
  const refusal = refusalOf(() => read({ $filter: text }));
  expect(refusal).toMatchObject({
    code: 'Request_UnsupportedQuery',
    message: `Unsupported or invalid query filter clause specified for property '${name}' of resource 'Device'.`,
  });
  expect(refusal.hint).toContain(hint);
});

test.each([
  ["displayName ne 'x'", 'ne', 13],
  ['displayName ne null', 'ne', 13],
  ["not startsWith(displayName,'x')", 'not', 1],
  ['physicalIds/$count eq 0', '$count', 1],
])('filter: %s needs an advanced query', (text, operator, position) => {
  expect(refusalOf(() => readPlainly({ $filter: text, $count: 'true' }))).toEqual({
    code: 'Request_UnsupportedQuery',
    status: 400,
    message: `Operator '${operator}' is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information`,
    option: '$filter',
    hint: `Character ${position}: '${operator}' needs the header 'ConsistencyLevel: eventual' and '$count=true'.`,
  });
  expect(refusalOf(() => read({ $filter: text, $count: 'false' })).message).toContain(`Operator '${operator}'`);
  expect(read({ $filter: text }).filter).toBeDefined();
});

test('filter: endsWith works where Graph has it, and only as an advanced query', () => {
  const filter = { $filter: "endsWith(mail,'@contoso.example')" };
  expect(shown(read(filter, 'user').filter)).toBe('endsWith(mail,"@CONTOSO.EXAMPLE")');
  expect(refusalOf(() => readPlainly(filter, 'user')).message).toContain("Operator 'endsWith' is not supported");
});

test('filter: directory objects are asked for what devices and users have', () => {
  expect(shown(read({ $filter: "startsWith(displayName,'x') and mail eq 'y'" }, 'directoryObject').filter)).toBe(
    '(startsWith(displayName,"X") and mail eq "Y")',
  );
  expect(refusalOf(() => read({ $filter: "nickname eq 'x'" }, 'directoryObject')).hint).toContain("'DirectoryObject'");
});

test('filter: there are limits to alternatives, comparisons, levels and characters, and none to what lies below', () => {
  const repeated = (count: number, joiner: string): string => Array(count).fill('isManaged eq true').join(joiner);
  const names = (count: number): string => `id in (${Array.from({ length: count }, (_, n) => `'${n}'`).join(',')})`;
  const anies = (count: number, comparisons: number): string =>
    Array(count)
      .fill(`physicalIds/any(p:${Array(comparisons).fill("p eq 'x'").join(' or ')})`)
      .join(' and ');
  const message = (text: string): string => refusalOf(() => read({ $filter: text })).message;

  expect(read({ $filter: repeated(15, ' or ') }).filter).toMatchObject({ kind: 'or' });
  expect(message(repeated(16, ' or '))).toBe(
    "Too many child clauses specified in search filter expression containing 'OR' operators: 16. Max allowed: 15.",
  );
  expect(message(`(${repeated(8, ' or ')}) or (${repeated(8, ' or ')})`)).toContain('OR');
  expect(read({ $filter: names(15) }).filter).toMatchObject({ kind: 'in' });
  expect(message(names(16))).toContain("'OR' operators: 16");
  expect(read({ $filter: repeated(50, ' and ') }).filter).toMatchObject({ kind: 'and' });
  expect(message(repeated(51, ' and '))).toBe("The query option '$filter' exceeds a limit.");
  expect(read({ $filter: anies(5, 2) }).filter).toMatchObject({ kind: 'and' });
  expect(refusalOf(() => read({ $filter: anies(2, 5) + ` and ${anies(1, 1)}` }))).toMatchObject({
    code: 'Request_UnsupportedQuery',
    status: 400,
    hint: expect.stringContaining("too complex: at most 50 comparisons are made, 10 of them within 'any'") as string,
  });
  expect(read({ $filter: `${'('.repeat(25)}isManaged eq true${')'.repeat(25)}` }).filter).toMatchObject({
    kind: 'compare',
  });
  expect(message(`${'('.repeat(26)}isManaged eq true${')'.repeat(26)}`)).toContain('exceeds a limit');
  expect(message('not '.repeat(26) + 'isManaged eq true')).toContain('exceeds a limit');
  expect(message(`displayName eq '${'x'.repeat(17_000)}'`)).toContain('exceeds a limit');
});
