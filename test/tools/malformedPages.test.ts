import type { PageSource } from '../../tools/derive/page.ts';
import { block, createDevice, device, deviceWith, problems, resource, table } from './pages.ts';

/** Takes the arrow, and what is expected to be said after it, off each line that has one. */
function readArrows({ path, text }: PageSource): { page: PageSource; expected: string[] } {
  const lines = text.split('\n').map((line) => /^(.*?)(?:⟵(.*?)\|*)?$/.exec(line) ?? []);
  const expected = lines.flatMap(([, , message], index) =>
    message === undefined ? [] : [`${path}:${index + 1}: ${message}`],
  );
  return { page: { path, text: lines.map(([, line]) => line).join('\n') }, expected };
}

/** A page is told what stands after its arrows, and nothing else; a message may go on after what is shown. */
function expectArrows(marked: PageSource, ...others: PageSource[]): void {
  const { page, expected } = readArrows(marked);
  const found = problems(page, ...others);
  expect(found.map((problem, index) => problem.slice(0, expected[index]?.length))).toEqual(expected);
}

type Parts = Parameters<typeof createDevice>[0];
const permissions = (...rows: string[]): Parts => ({
  permissions: `## Permissions\n\n${table('Permission type|Permissions', ...rows)}`,
});
const httpRequest = (...lines: string[]): Parts => ({
  httpRequest: `## HTTP request\n\n${block({ blockType: 'ignored' }, lines.join('\n'))}`,
});
const request = (content: string): Parts => ({ request: block({ blockType: 'request' }, content) });
const answer = (content: string, annotation = {}): Parts => ({
  answer: block({ blockType: 'response', ...annotation }, content),
});
const headers = (...lines: string[]): Parts => ({ requestHeaders: `## Request headers\n\n${lines.join('\n')}` });
const body = (row: string): Parts => ({ requestBody: `## Request body\n\n${table('Property|Type|Description', row)}` });
const personal = 'Delegated (personal Microsoft account)|Not supported.';
const noBody = { requestBody: '', request: block({ blockType: 'request' }, 'POST /v1.0/devices') };

test.each<[string, Parts]>([
  ['open front matter', { frontMatter: '---⟵front matter is never closed with ---\ndoc_type: apiPageType' }],
  [
    'front matter that is not YAML',
    { frontMatter: '---\ndoc_type: apiPageType\nx: [\n---⟵front matter is not YAML: Flow sequence in block' },
  ],
  [
    'an unknown alias in its front matter',
    { frontMatter: '---\nx: *y\ndoc_type: apiPageType\n---', lead: '', title: '# Create device⟵no description' },
  ],
  ['no H1', { frontMatter: '---⟵no title: a page begins with "# Title"\nx: y\n---', title: '', lead: '' }],
  ['an H1 without words', { title: '# …⟵no title: a page begins with "# Title"' }],
  ['no description', { title: '# Create device⟵no description below the title', lead: '' }],
  ['no permissions', { title: '# Create device⟵no table of permissions', permissions: '' }],
  ['no permissions table', { permissions: '## Permissions⟵no table of permissions\n\nNone.' }],
  [
    'an unknown permission type',
    permissions('Delegated|A.B', personal, 'Application|A.B', 'Anyone|A.B|⟵"Anyone" is no permission type'),
  ],
  [
    'a permission type twice',
    permissions(
      'Delegated|A.B',
      personal,
      'Application|A.B',
      'Application|C.D|⟵"Application" stands in this table twice',
    ),
  ],
  [
    'a missing permission type',
    {
      permissions:
        '## Permissions\n\n|Permission type|A|⟵the table of permissions has no row for application\n|-|-|\n' +
        `|Delegated|A.B|\n|${personal}|`,
    },
  ],
  [
    'a misspelt permission',
    permissions('Delegated|A.B', personal, 'Application|A.B, Device|⟵"Device" is no name of a permission'),
  ],
  [
    'addresses in a block without annotation',
    { httpRequest: '## HTTP request⟵no HTTP request: no block here is annotated\n\n```http\nPOST /devices\n```' },
  ],
  ['an unknown method', httpRequest('POST /devices', 'SEND /devices⟵"SEND" is no method out of GET, POST')],
  ['two methods', httpRequest('POST /devices', 'PUT /devices⟵PUT on a page for POST; each has its own page')],
  ['an address without a slash', httpRequest('POST /devices', 'POST devices⟵"devices" is no path that begins with /')],
  ['an open placeholder', httpRequest('POST /devices', 'POST /a/{id⟵"/a/{id" is no path')],
  ['an address twice', httpRequest('POST /devices', 'POST /devices ⟵/devices is listed twice')],
  [
    'an annotation without a block',
    { response: '<!-- { "blockType": "ignored" } -->⟵annotation without a block after it' },
  ],
  [
    'an annotation without blockType',
    { response: '<!-- { "name": "a" } -->⟵annotation has no blockType out of request' },
  ],
  [
    'an annotation that is not JSON',
    { response: '<!-- {\n  "blockType": "ignored",\n  "name": }⟵annotation is not JSON: Unexpected token\n-->' },
  ],
  [
    'an annotation with a comma at its end',
    {
      response:
        '<!-- {\n  "blockType": "ignored",\n}⟵annotation is not JSON: Expected double-quoted property name\n-->',
    },
  ],
  ['an annotation that is cut off', { response: '<!-- { "blockType":⟵annotation is not JSON: Unexpected end\n-->' }],
  ['an empty example', request('⟵this block is empty')],
  ['a request line that is none', request('Create a device⟵an example request begins with a line such as')],
  ['a request with an unknown method', request('SEND /v1.0/devices⟵an example request begins with')],
  ["a request with another page's method", request('GET /v1.0/devices⟵GET on a page for POST')],
  ['a request without an address', request('POST devices⟵devices is no address: it begins with https:// or /')],
  ["a request with another page's address", request("POST /v1.0/users⟵/v1.0/users is none of this page's addresses")],
  ['a header that is none', request('POST /v1.0/devices\nA: b\n{ "a": 1 }⟵"{ "a": 1 }" is no header; a blank line')],
  [
    'a body that is not JSON',
    request('POST /v1.0/devices\n\n{\n  "a": 1,\n  "b": two⟵body is not JSON: Unexpected\n}'),
  ],
  ['a body that is cut off', request('POST /v1.0/devices\n\n{\n  "a": [1⟵body is not JSON: Expected')],
  [
    'a body over a broken string',
    request('POST /v1.0/devices\n\n{\n  "a": "b⟵body is not JSON: Bad control character\n" }'),
  ],
  ['an answer that is not JSON', answer('HTTP/1.1 201 Created\n\n{ a: 1 }⟵body is not JSON: Expected property name')],
  ['a status line that is none', answer('201 Created⟵an example response begins with a line such as')],
  ['a status that is none', answer('HTTP/1.1 999 Odd⟵an example response begins with')],
  ['a body in an empty answer', answer('HTTP/1.1 204 No⟵isEmpty, but here is a body\n\n{}', { isEmpty: true })],
  [
    'a response without a request',
    { request: '', answer: answer('HTTP/1.1 201 A⟵response without a request')?.answer ?? '' },
  ],
  ['a request without a response', { ...request('POST /v1.0/devices⟵request without a response'), answer: '' }],
  [
    'two responses to a request',
    {
      answer: `${block({ blockType: 'response' }, 'HTTP/1.1 201 A')}\n\n${answer('HTTP/1.1 202 B⟵a second response')?.answer ?? ''}`,
    },
  ],
  [
    'no word on the answer',
    {
      title: '# Create device⟵neither an example nor the Response section says',
      request: '',
      answer: '',
      response: '',
    },
  ],
  ['a row with too few cells', headers('|Name|Description|', '|-|-|', "|a|⟵this row has 1 of the table's 2 cells")],
  [
    'text that runs into a table',
    headers('|A|B|', '|-|-|', '|a|b|', "And more.⟵this row has 1 of the table's 2 cells"),
  ],
  [
    'a row with too many cells',
    headers('|A|B|', '|-|-|', "|a|b|c|⟵this row has more than the table's 2 cells; a | inside"),
  ],
  ['too few dashes', headers('|A|B|C|', '|---|---|⟵this table has not as many dashes as headers', '|a|b|c|')],
  ['a property name that is none', { ...noBody, ...body('a name|String||⟵"a name" is no name of a property') }],
  ['an unknown type in a body', { ...noBody, ...body('size|Strnig||⟵size has the unknown type "Strnig"') }],
  ['no type in a body', { ...noBody, ...body('size|||⟵size has no type, neither here nor on a resource page') }],
])('an operation page with %s: the line is named', (_, parts) => {
  expectArrows(createDevice(parts), device());
});

const representation = (...lines: string[]) => ({
  representation: `## JSON representation\n\n${block({ blockType: 'resource', '@odata.type': 'microsoft.graph.device' }, lines.join('\n'))}`,
});
const typed = (type: string, shown: string) => ({
  properties: `## Properties\n\n${table('Property|Type|Description', `it|${type}|`)}`,
  ...representation('{', shown, '}'),
});

test.each<[string, Parameters<typeof device>[0]]>([
  ['no JSON representation', { title: '# device resource type⟵no JSON representation', representation: '' }],
  [
    'a nameless JSON representation',
    {
      representation:
        '<!-- { "blockType": "resource" } -->⟵the annotation of the JSON representation names no "@odata.type"\n```\n{}\n```',
    },
  ],
  [
    'a JSON representation that is not JSON',
    representation('{', '  "id": String⟵JSON representation is not JSON: Unexpected', '}'),
  ],
  ['a JSON representation that is no object', representation('[]⟵JSON representation is no object')],
  [
    'a second JSON representation',
    {
      relationships: block({ blockType: 'resource', '@odata.type': 'a.b' }, '{}'),
      properties: '',
      ...representation('{}⟵a second JSON'),
    },
  ],
  [
    'a property missing in the table',
    typed('String', '"it": "String",\n"other": "String"⟵other is not in the table of properties'),
  ],
  [
    'a property missing in the JSON representation',
    typed('String||\n|more|String||⟵more is not in the JSON representation', '"it": "String"'),
  ],
  ['a property that stands twice', typed('String||\n|it|String||⟵it stands in this table twice', '"it": "String"')],
  ['a property without a type', typed('||⟵it has no type', '"it": null')],
  [
    'a short row',
    typed("String||\n|more|String|⟵this row has 2 of the table's 3 cells", '"it": "String", "more": "String"'),
  ],
  [
    'another unknown type in the JSON representation',
    typed('String', '"it": "Strnig"⟵it has the unknown type "Strnig"'),
  ],
  [
    'an unknown resource in the JSON representation',
    typed('device', '"it": { "@odata.type": "a.group" }⟵it has the unknown type "a.group"'),
  ],
  ['two types', typed('Int32', '"it": "String"⟵it is Int32 in the table and String here')],
  ['a sample of another type', typed('Boolean', '"it": 1⟵it is Boolean in the table and Int32 here')],
  [
    'an object for a text',
    typed('String', '"it": { "@odata.type": "microsoft.graph.device" }⟵it is String in the table and device here'),
  ],
  ['a collection in the table only', typed('String collection', '"it": "String"⟵it is a collection in the table only')],
  ['a collection in the JSON representation only', typed('String', '"it": ["String"]⟵it is a collection here only')],
])('a resource page with %s: the line is named', (_, parts) => {
  expectArrows(device(parts));
});

test('an unclosed fence is named, and what it swallows is not held against the page', () => {
  const page = createDevice({ answer: '```http\nHTTP/1.1 201 Created' });
  const fence = page.text.split('\n').lastIndexOf('```http') + 1;
  expect(problems(page, device())).toContain(`${page.path}:${fence}: this block is never closed with \`\`\``);
});

test('an unclosed comment is named, even where it hides that the page describes an operation', () => {
  const { path, text } = createDevice({ frontMatter: '', lead: '<!-- {\nRegister.' });
  expect(problems({ path, text }, device())[0]).toBe(`${path}:3: this comment is never closed with -->`);
});

test('a name of an example, an id and a type are taken once', () => {
  const again = { ...createDevice(), path: 'api/create-device-again.md' };
  expect(problems(createDevice(), again, device(), { ...device(), path: 'resources/Device2.md' })).toEqual([
    'api/create-device.md:6: the title makes createDevice, which is taken by api/create-device-again.md',
    'api/create-device.md:43: the name create_device is taken by api/create-device-again.md:43',
    'resources/device.md:6: microsoft.graph.device is described by resources/Device2.md as well',
  ]);
});

test('all problems of all pages are told at once, by page and line', () => {
  const bad = createDevice({ lead: '', answer: '', permissions: '' });
  const found = problems(deviceWith(['it|Strnig|'], { it: 'String' }), bad, resource('other', [], {}));
  expect(found.map((problem) => problem.replace(/: .*/, ''))).toEqual([
    'api/create-device.md:6',
    'api/create-device.md:6',
    expect.stringMatching(/^api\/create-device\.md:[23]\d$/),
    'resources/device.md:7',
    expect.stringMatching(/^resources\/device\.md:1\d$/),
  ]);
});
