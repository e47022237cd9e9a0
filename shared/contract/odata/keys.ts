import type { Field, Key, ValueType } from './syntax.ts';

/**
 * Text without regard to case.
 *
 * In upper case, because that is the same for a piece of text wherever it stands (small letters are not: a sigma differs at the
 * end of a word), so that the beginning of a text folds to the beginning of the folded text. Half surrogate pairs become
 * U+FFFD, as they do in a database.
 */
export const fold = (text: string): string => text.toWellFormed().toUpperCase();

const instant = /^(\d{4}-\d\d-\d\d)(?:[Tt](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,12}))?)?([Zz]|[+-]\d\d:\d\d))?$/;

/**
 * An instant in UTC, as text that sorts by time; a day is its first moment.
 * @returns undefined when it is none, such as February 30 or 24 o'clock, or none between the years 0 and 9999
 */
export function instantKey(text: string): string | undefined {
  const [, day, minute = '00:00', second = '00', fraction = '', zone = 'Z'] = instant.exec(text) ?? [];
  if (day === undefined) return undefined;
  const local = `${day}T${minute}:${second}`;
  const time = Date.parse(`${local}Z`);
  // Date takes February 30 for March 2, and 24 o'clock for the next day.
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(local)) return undefined;
  const date = new Date(`${local}${zone.toUpperCase()}`);
  if (Number.isNaN(date.getTime())) return undefined;
  const utc = date.toISOString();
  return /^\d/.test(utc) ? `${utc.slice(0, 19)}.${fraction.padEnd(12, '0')}` : undefined;
}

/** Base64 text of either alphabet, without the padding. */
export const binaryKey = (text: string): string =>
  text.toWellFormed().replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');

/** A stored value as it is compared; null where it is not of the type. */
export function toKey(type: ValueType, value: unknown): Key {
  if (typeof value === 'string') {
    if (type === 'string') return fold(value);
    if (type === 'instant') return instantKey(value) ?? null;
    if (type === 'binary') return binaryKey(value);
  }
  if (type === 'boolean' && typeof value === 'boolean') return Number(value);
  return type === 'number' && typeof value === 'number' ? value : null;
}

/** The key of a field of an object (of an item, where the path is empty). */
export function keyOf({ path, type }: Field, object: unknown): Key {
  return toKey(type, valueAt(object, path));
}

/** What stands at a path such as `extensionAttributes/extensionAttribute1`; an empty path is the object itself. */
export function valueAt(object: unknown, path: string): unknown {
  if (path === '') return object;
  let value = object;
  for (const name of path.split('/')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** The order of keys: null first, text by code points as the bytes of UTF-8 sort. */
export function compareKeys(one: Key, other: Key): number {
  if (one === other) return 0;
  if (one === null) return -1;
  if (other === null) return 1;
  if (typeof one === 'string' && typeof other === 'string') return compareText(one, other);
  return one < other ? -1 : 1;
}

function compareText(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let i = 0; i < length; i += 1) {
    const difference = rank(one.charCodeAt(i)) - rank(other.charCodeAt(i));
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

/** Surrogates stand for code points above all others. */
const rank = (unit: number): number => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);
