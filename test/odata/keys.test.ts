import fc from 'fast-check';
import { binaryKey, compareKeys, fold, instantKey, toKey } from '../../shared/contract/odata/keys.ts';

const text = fc.string({ unit: 'binary' });

test('keys: the beginning of a text folds to the beginning of the folded text', () => {
  fc.assert(
    fc.property(
      text,
      text,
      (one, other) => fold(one.toWellFormed() + other.toWellFormed()) === fold(one) + fold(other),
    ),
  );
  expect(fold('ΟΔΟΣ')).toBe(fold('οδος'));
});

test('keys: texts sort as their bytes in UTF-8 do', () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [a, b] = [one.toWellFormed(), other.toWellFormed()];
      return Math.sign(compareKeys(a, b)) === Buffer.compare(Buffer.from(a), Buffer.from(b));
    }),
  );
  expect(compareKeys('\uffff', '\u{10000}')).toBeLessThan(0);
});

test('keys: what is not there is before everything else', () => {
  expect(['b', null, 'a'].toSorted(compareKeys)).toEqual([null, 'a', 'b']);
  expect([1, null, 0].toSorted(compareKeys)).toEqual([null, 0, 1]);
});

test.each([
  ['2026-01-15T09:30:00Z', '2026-01-15T09:30:00.000000000000'],
  ['2026-01-15t09:30z', '2026-01-15T09:30:00.000000000000'],
  ['2026-01-15T09:30:00.1234567+01:30', '2026-01-15T08:00:00.123456700000'],
  ['2026-01-15', '2026-01-15T00:00:00.000000000000'],
  ['0000-01-01T00:00:00+01:00', undefined],
  ['2026-02-30T25:00:00Z', undefined],
  ['2020-02-30', undefined],
  ['2021-02-29T12:00:00Z', undefined],
  ['2026-04-31T23:30:00-01:00', undefined],
  ['2026-01-15T24:00:00Z', undefined],
  ['2020-02-29', '2020-02-29T00:00:00.000000000000'],
  ['2026-12-31T23:59:59-01:00', '2027-01-01T00:59:59.000000000000'],
  ['yesterday', undefined],
])('keys: the instant %s is %s', (instant, key) => {
  expect(instantKey(instant)).toBe(key);
});

test('keys: both alphabets of base64 are one, and padding says nothing', () => {
  expect(binaryKey('A-_w==')).toBe(binaryKey('A+/w'));
});

test('keys: a value of another type is none', () => {
  expect([
    toKey('string', 2),
    toKey('boolean', 'true'),
    toKey('number', '2'),
    toKey('instant', 'x'),
    toKey('binary', null),
  ]).toEqual([null, null, null, null, null]);
  expect([toKey('boolean', true), toKey('number', 2), toKey('string', 'x')]).toEqual([1, 2, 'X']);
});
