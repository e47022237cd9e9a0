import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { deviceIds } from '../../shared/bulk/rows/deviceIds.ts';

test('deviceIds: each is found again with its row, among many and in any case', () => {
  const ids = Array.from({ length: 30_000 }, () => randomUUID());
  const seen = deviceIds();
  expect(ids.findIndex((id, index) => seen.add(id, index + 1) !== undefined)).toBe(-1);
  expect(ids.findIndex((id, index) => seen.add(id.toUpperCase(), 0) !== index + 1)).toBe(-1);
});

test('deviceIds: those that differ in a single digit are different', () => {
  const zero = '00000000-0000-0000-0000-000000000000';
  const seen = deviceIds();
  expect(seen.add(zero, 1)).toBeUndefined();
  const others = [...zero.matchAll(/0/g)].map(({ index }) => `${zero.slice(0, index)}f${zero.slice(index + 1)}`);
  expect(others).toHaveLength(32);
  expect(others.map((id, index) => seen.add(id, index + 2))).toEqual(others.map(() => undefined));
  expect(others.map((id) => seen.add(id, 0))).toEqual(others.map((_, index) => index + 2));
});

test('deviceIds: the earliest row is told, as a Map would', () => {
  const few = fc.array(fc.constantFrom(...Array.from({ length: 20 }, () => randomUUID())), { maxLength: 60 });
  fc.assert(
    fc.property(few, (ids) => {
      const seen = deviceIds();
      const rows = new Map<string, number>();
      for (const [index, id] of ids.entries()) {
        expect(seen.add(id, index + 1)).toBe(rows.get(id));
        if (!rows.has(id)) rows.set(id, index + 1);
      }
    }),
  );
});
