import { areSameIds } from '../../../shared/directory/graph/securityIds.ts';

test('keys are the same when their bytes are, however base64 spells them', () => {
  const sent = [{ type: 2, key: 'YWJjZGVmZx==' }];
  expect(areSameIds(sent, [{ type: 2, key: 'YWJjZGVmZw==' }])).toBe(true);
  expect(areSameIds(sent, [{ type: 2, key: 'YWJjZGVmZw' }])).toBe(true);
  expect(areSameIds(sent, [{ type: 2, key: 'YWJjZGVmaA==' }])).toBe(false);
});

test('a type that was not sent may have become any; one that was sent stays', () => {
  for (const type of [undefined, null])
    expect(areSameIds([{ type, key: 'YQ==' }], [{ type: 2, key: 'YQ==' }])).toBe(true);
  expect(areSameIds([{ type: 1, key: 'YQ==' }], [{ type: 2, key: 'YQ==' }])).toBe(false);
});

test('order is no matter, and each id counts once', () => {
  const found = [
    { type: 1, key: 'YQ==' },
    { type: 2, key: 'YQ==' },
  ];
  expect(areSameIds([{ key: 'YQ==' }, { type: 1, key: 'YQ==' }], found)).toBe(true);
  expect(
    areSameIds(
      [
        { type: 2, key: 'YQ==' },
        { type: 2, key: 'YQ==' },
      ],
      found,
    ),
  ).toBe(false);
  expect([areSameIds([{ key: 'YQ==' }], found), areSameIds(undefined, []), areSameIds([{ key: 'YQ==' }], {})]).toEqual([
    false,
    true,
    false,
  ]);
});
