import { guidOf, isGuid, newObjectId } from '../../shared/contract/guid.ts';

test('object ids are GUIDs of version 7, which sort by the time of their making', () => {
  const [earlier, later] = [newObjectId(Date.UTC(2026, 0, 15)), newObjectId(Date.UTC(2026, 0, 15) + 1)];
  expect(earlier).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(earlier < later).toBe(true);
  expect(parseInt(earlier.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.UTC(2026, 0, 15));
});

test('ten thousand object ids of one millisecond are ten thousand ids', () => {
  expect(new Set(Array.from({ length: 10_000 }, () => newObjectId(0))).size).toBe(10_000);
});

test('the GUID of a text is always the same, and another for another text', () => {
  expect(guidOf('adele')).toBe(guidOf('adele'));
  expect(guidOf('adele')).not.toBe(guidOf('grady'));
  expect(guidOf('adele')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
});

test.each([
  '',
  'x',
  '98b7e341e34198b741e3b79841e3b798',
  '{98b7e341-e341-98b7-41e3-b79841e3b798}',
  '98b7e341-e341-98b7-41e3-b79841e3b798\n',
])('%j is no GUID', (text) => {
  expect(isGuid(text)).toBe(false);
});
