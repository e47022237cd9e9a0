import { derive } from '../../tools/derive/derive.ts';
import { createDevice, device, operationOf, problems, schemaOf } from './pages.ts';

const headersOf = (requestHeaders: string) =>
  operationOf(createDevice({ requestHeaders: `## Request headers\n\n${requestHeaders}` }), device()).requestHeaders;

test.each([
  ['an escaped bar', '|Name|Description|\n|:-|:-|\n|a|one \\| two|', 'one | two'],
  ['non-breaking spaces', '|Name|Description|\n|:-|:-|\n|\u00a0a\u00a0|one\u00a0 two\u00a0|', 'one two'],
  ['tabs', '|\tName\t|\tDescription|\n|:-|:-|\n|\ta\t|\tone\ttwo\t|', 'one two'],
  ['code, emphasis and links', '|Name|Description|\n|:-|:-|\n|`a`|**one** [`two`](x.md)|', 'one two'],
  ['line breaks', '|Name|Description|\n|:-|:-|\n|a|one<br/>two|', 'one two'],
  ['images', '|Name|Description|\n|:-|:-|\n|a|![one](x.png) two|', 'one two'],
  ['entities', '|Name|Description|\n|:-|:-|\n|a|one&nbsp;two|', 'one two'],
  ['no bars at the edges', 'Name|Description\n-|-\na|one two', 'one two'],
  ['trailing blanks and wide dashes', '|Name|Description|  \n|:--------|:-------------:|  \n|a|one two|  ', 'one two'],
  ['an empty surplus cell', '|Name|Description|\n|-|-|\n|a|one two||', 'one two'],
  ['other letter case and another order', '|DESCRIPTION|name|\n|-|-|\n|one two|a|', 'one two'],
])('a table with %s is read', (_, markdown, description) => {
  expect(headersOf(markdown)).toEqual([{ name: 'a', description }]);
});

test('a table may begin directly below a line of text', () => {
  expect(headersOf('These are they:\n|Name|Description|\n|-|-|\n|a|b|')).toEqual([{ name: 'a', description: 'b' }]);
});

test('CRLF line ends and a byte order mark change nothing', () => {
  const pages = [createDevice(), device()];
  const windows = pages.map(({ path, text }) => ({ path, text: `\uFEFF${text.replaceAll('\n', '\r\n')}` }));
  expect(derive(windows)).toEqual(derive(pages));
});

test('property rows keep their facts through links, bold and non-breaking spaces', () => {
  const properties =
    '## Properties\n\n|Property|Type|Description|\n|-|-|-|\n' +
    '|[id](#id)|String|**Not\u00a0nullable**. Read-only.|\n|`displayName`|String|Maximum\u00a0length is **256** characters.|';
  const schema = schemaOf('device', device({ properties }));
  expect(schema.properties.id).toMatchObject({ type: 'string', readOnly: true });
  expect(schema.properties.displayName).toMatchObject({ maxLength: 256 });
});

test('a block quote around a table and its blocks is seen through', () => {
  const requestHeaders = '## Request headers\n\n> |Name|Description|\n> |-|-|\n> |a|b|';
  expect(problems(createDevice({ requestHeaders }), device())).toEqual([]);
});
