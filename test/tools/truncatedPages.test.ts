import fc from 'fast-check';
import { derive } from '../../tools/derive/derive.ts';
import { PageErrors } from '../../tools/derive/pageErrors.ts';
import { createDeviceWith, deviceWith, resource, table } from './pages.ts';

const key = resource('securityKey', ['type|Int32|', 'key|Binary|Also accepted as documented: `x`.'], {
  type: 1,
  key: 'Binary',
});
const device = deviceWith(
  ['id|String|Read-only.', 'keys|securityKey collection|At most 5 items.', 'kind|deviceKind|', 'made|DateTimeOffset|'],
  {
    id: 'String',
    keys: [{ '@odata.type': 'microsoft.graph.securityKey' }],
    kind: 'String',
    made: 'String (timestamp)',
  },
  { openType: true, keyProperty: 'id' },
);
const kinds = `\n### deviceKind values\n\n${table('Member|Description', 'phone|Small.')}\n`;
const operation = createDeviceWith('keys|securityKey collection|Required.', 'kind||Possible values are: `phone`.');
const pages = [operation, { ...device, text: device.text + kinds }, key];

/** Whatever a page looks like: it is understood, or it is said what is wrong with it. */
function expectDerivedOrTold(index: number, change: (text: string) => string): void {
  const changed = pages.map((page, at) => (at === index ? { ...page, text: change(page.text) } : page));
  try {
    derive(changed);
  } catch (thrown) {
    if (!(thrown instanceof PageErrors)) throw thrown;
    expect(thrown.problems.length).toBeGreaterThan(0);
    for (const { line } of thrown.problems) expect(line).toBeGreaterThan(0);
  }
}

const anyPage = fc.nat({ max: pages.length - 1 });
const anyShare = fc.double({ min: 0, max: 1, noNaN: true });
const at = (text: string, share: number): number => Math.floor(text.length * share);

test('the pages are good as they are', () => {
  expect(derive(pages).operations.size).toBe(1);
});

test('a page that is cut off anywhere is derived or told', () => {
  fc.assert(
    fc.property(anyPage, anyShare, (index, share) => {
      expectDerivedOrTold(index, (text) => text.slice(0, at(text, share)));
    }),
    { numRuns: 150 },
  );
});

test('a page that lacks a piece is derived or told', () => {
  fc.assert(
    fc.property(anyPage, anyShare, anyShare, (index, first, second) => {
      const [start, end] = [Math.min(first, second), Math.max(first, second)];
      expectDerivedOrTold(index, (text) => text.slice(0, at(text, start)) + text.slice(at(text, end)));
    }),
    { numRuns: 150 },
  );
});

test('a page with anything put into it is derived or told', () => {
  const marks = fc.constantFrom(
    '|',
    '`',
    '```',
    '<!--',
    '-->',
    '{',
    '}',
    '"',
    '\n',
    '\n# ',
    '\n## ',
    '\n---\n',
    '[',
    '](',
    '\\',
    '\0',
    '\u00a0',
  );
  const anything = fc.oneof(
    marks,
    fc.array(marks, { maxLength: 5 }).map((found) => found.join('')),
    fc.string(),
  );
  fc.assert(
    fc.property(anyPage, anyShare, anything, (index, share, put) => {
      expectDerivedOrTold(index, (text) => text.slice(0, at(text, share)) + put + text.slice(at(text, share)));
    }),
    { numRuns: 250 },
  );
});
