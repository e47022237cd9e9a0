import type { Operation } from './operation.ts';
import { stemsOf, wordsAt, type Stem } from './stems.ts';

/** What a method and an address lead to. */
export interface Match {
  operation: Operation;
  params: Readonly<Record<string, string>>;
}

/**
 * Finds operations by method and path, as the host finds the functions that are registered for them: ignoring case, and a slash at the end.
 * The path is below the version, decoded, with its leading slash.
 */
export function matcher(operations: readonly Operation[]): (method: string, path: string) => Match | undefined {
  let byMethod: ReturnType<typeof routesOf> | undefined;
  return (method, path) => {
    byMethod ??= routesOf(operations);
    for (const { operation, pattern } of byMethod.get(method) ?? []) {
      const found = pattern.exec(path);
      if (found) return { operation, params: withoutAbsent(found.groups ?? {}) };
    }
    return undefined;
  };
}

/** Made at first use: a start has no time for them. */
function routesOf(operations: readonly Operation[]): Map<string, { operation: Operation; pattern: RegExp }[]> {
  const routes = operations.flatMap((operation) =>
    stemsOf(operation.paths).map((stem) => ({ operation, pattern: toPattern(stem) })),
  );
  return Map.groupBy(routes, ({ operation }) => operation.method);
}

/** A named group for each placeholder, and for what stands behind the stem: `view` and `count`. */
function toPattern(stem: Stem): RegExp {
  const segments = stem.path.split('/').slice(1).map(toSource);
  const ends = [optional('view', wordsAt(stem, 0)), optional('count', wordsAt(stem, 1))];
  return new RegExp(`^/${segments.join('/')}${ends.join('')}/?$`, 'i');
}

/** A placeholder that is a whole segment takes no word that begins with `$`. */
function toSource(segment: string): string {
  const whole = /^\{(\w+)\}$/.exec(segment);
  if (whole) return `(?<${whole[1]}>(?!\\$)[^/]+)`;
  return segment
    .split(/\{(\w+)\}/)
    .map((part, index) => (index % 2 === 1 ? `(?<${part}>[^/]+)` : escaped(part)))
    .join('');
}

const optional = (name: string, words: readonly string[]): string =>
  words.length === 0 ? '' : `(?:/(?<${name}>${words.map(escaped).join('|')}))?`;

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

const withoutAbsent = (groups: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(groups).filter((entry): entry is [string, string] => entry[1] !== undefined));
