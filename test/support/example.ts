import type { Answer } from './send.ts';

/** An example of a reference page, as `npm run generate` writes it. */
export interface Example {
  operation: string;
  page: string;
  line: number;
  request: { method: string; path: string; headers: [string, string][]; body?: string };
  response: { status: number; headers: [string, string][]; body?: string };
}

/**
 * Compares an answer with the one a page shows, as the public checker of such pages does: the status, the headers shown (of a
 * content type the media type), and of the body each property shown, by its JSON type.
 * @returns every difference, as a sentence
 */
export function differencesInKind(shown: Example['response'], answer: Answer): string[] {
  const differences: string[] = [];
  if (shown.status !== answer.status)
    differences.push(`status ${answer.status} instead of ${shown.status}: ${answer.text}`);
  for (const [name, value] of shown.headers) {
    if (/^content-length$/i.test(name)) continue;
    const got = String(answer.headers[name.toLowerCase()]);
    if (mediaType(got) !== mediaType(value)) differences.push(`header ${name}: ${got} instead of ${value}`);
  }
  if (shown.body !== undefined) differences.push(...compare(JSON.parse(shown.body), JSON.parse(answer.text), 'body'));
  return differences;
}

const mediaType = (value: string): string => (value.split(';')[0] ?? '').trim();

function compare(shown: unknown, got: unknown, at: string): string[] {
  if (kindOf(shown) !== kindOf(got)) return [`${at}: ${kindOf(got)} instead of ${kindOf(shown)}`];
  if (Array.isArray(shown)) {
    const items = got as unknown[];
    return items.length === 0 && shown.length > 0
      ? [`${at}: nothing in it`]
      : shown.slice(0, 1).flatMap((item) => compare(item, items[0], `${at}[0]`));
  }
  if (typeof shown !== 'object' || shown === null) return [];
  return Object.entries(shown).flatMap(([name, value]) =>
    compare(value, (got as Record<string, unknown>)[name], `${at}.${name}`),
  );
}

const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);
