/**
 * The value of a request header as the real host gives it: repeated ones joined with a comma, empty ones left out of that.
 * @param raw `rawHeaders` of node:http: names and values in turns
 * @param name lower case
 */
export function headerValue(raw: readonly string[], name: string): string | undefined {
  let value: string | undefined;
  for (let i = 0; i < raw.length; i += 2) {
    const candidate = raw[i];
    if (candidate?.length !== name.length || candidate.toLowerCase() !== name) continue;
    const next = raw[i + 1];
    if (!value) value = next;
    else if (next) value += `,${next}`;
  }
  // node:http reads header bytes as Latin-1, the real host as UTF-8.
  return value && /[\x80-\xff]/.test(value) ? Buffer.from(value, 'latin1').toString() : value;
}

/** The read-only side of `Headers`, over the raw header list and without copying it. */
export class RequestHeaders {
  readonly #raw: readonly string[];

  constructor(raw: readonly string[]) {
    this.#raw = raw;
  }

  get(name: string): string | null {
    return headerValue(this.#raw, name.toLowerCase()) ?? null;
  }

  has(name: string): boolean {
    return this.get(name) !== null;
  }

  /** In the order of names, which are lower case. */
  *entries(): Generator<[string, string]> {
    const names = new Set(this.#raw.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase()));
    for (const name of [...names].sort()) yield [name, headerValue(this.#raw, name) ?? ''];
  }

  [Symbol.iterator](): Generator<[string, string]> {
    return this.entries();
  }
}
