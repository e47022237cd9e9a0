import fc from 'fast-check';
import { GraphError } from '../../shared/contract/errors.ts';
import { readSkiptoken, writeSkiptoken, type Position } from '../../shared/contract/odata/skiptoken.ts';
import { read } from './read.ts';

const list = { relation: 'registeredOwners', device: 'a' };
const query = { ...read({ $filter: "startsWith(displayName,'x')" }), list };
const position: Position = { key: 'ÄÖ\u0000', position: 42 };
const token = writeSkiptoken(query, position);

const expired = {
  code: 'Directory_ExpiredPageToken',
  status: 400,
  message: 'The specified page token value has expired and can no longer be included in your request.',
};

test('skiptoken: it is opaque, fits into an address as it is, and leads back to the place', () => {
  expect(token).toMatch(/^[\w-]+$/);
  expect(readSkiptoken({ ...query, skiptoken: token })).toEqual(position);
  expect(readSkiptoken(query)).toBeUndefined();
});

test.each<[string, Record<string, string>]>([
  ['filter', { $filter: "startsWith(displayName,'y')" }],
  ['filter', {}],
  ['order', { $filter: "startsWith(displayName,'x')", $orderby: 'displayName' }],
  ['search', { $filter: "startsWith(displayName,'x')", $search: '"displayName:x"' }],
])('skiptoken: with another %s it is refused', (_, options) => {
  const refused = expect.objectContaining({
    ...expired,
    details: [
      {
        code: 'InvalidQuery',
        target: '$skiptoken',
        message: 'It belongs to another query: the list, $filter, $orderby and $search must stay as they were.',
      },
    ],
  }) as Error;
  expect(() => readSkiptoken({ ...read(options), list, skiptoken: token })).toThrow(refused);
});

test.each([
  { relation: 'registeredUsers', device: 'a' },
  { ...list, device: 'b' },
  { ...list, type: 'user' },
])('skiptoken: at another list it is refused: %j', (other) => {
  expect(() => readSkiptoken({ ...query, list: other, skiptoken: token })).toThrow(/expired/);
});

test.each<unknown>([
  { key: 'a', position: {} },
  { key: 'a', position: [1] },
  { key: 'a', position: -1 },
  { key: 'a', position: 2 ** 53 },
  { key: 'a', position: '1' },
  { key: {}, position: 1 },
  { key: [1], position: 1 },
  { key: true, position: 1 },
])('skiptoken: one that is whole but holds no place is refused: %j', (forged) => {
  const skiptoken = writeSkiptoken(query, forged as Position);
  const refused = expect.objectContaining(expired) as Error;
  expect(() => readSkiptoken({ ...query, skiptoken })).toThrow(refused);
});

test('skiptoken: page size and selection may change on the way', () => {
  const other = read({ $filter: "startsWith(displayName,'x')", $top: '5', $select: 'id' });
  expect(readSkiptoken({ ...other, list, skiptoken: token })).toEqual(position);
});

test('skiptoken: whatever is sent in its place is refused with 400', () => {
  const changed = fc
    .tuple(fc.nat(token.length - 1), fc.constantFrom('A', 'Z', 'a', 'z', '0', '9', '-', '_'))
    .map(([at, character]) => token.slice(0, at) + character + token.slice(at + 1));
  const anything = fc.oneof(
    fc.string(),
    changed,
    fc
      .tuple(fc.jsonValue(), fc.jsonValue())
      .filter(
        ([key, place]) =>
          (typeof key === 'object' && key !== null) || !Number.isSafeInteger(place) || Number(place) < 0,
      )
      .map(([key, place]) => writeSkiptoken(query, { key, position: place } as unknown as Position)),
    fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
  );
  fc.assert(
    fc.property(anything, (skiptoken) => {
      fc.pre(!Buffer.from(skiptoken, 'base64url').equals(Buffer.from(token, 'base64url')));
      try {
        readSkiptoken({ ...query, skiptoken });
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(GraphError);
        expect(thrown).toMatchObject(expired);
        return;
      }
      throw new Error(`'${skiptoken}' was taken.`);
    }),
  );
});
