/**
 * The JSON text of a `T`.
 *
 * An entity is written once, when it is created; stores keep that text and answers repeat it, so that nobody
 * serialises the same fifty properties again.
 */
export class Json<T> {
  #text: string | (() => string);

  /** @param text or what makes it, if somebody wants it */
  constructor(text: string | (() => string)) {
    this.#text = text;
  }

  get text(): string {
    if (typeof this.#text !== 'string') this.#text = this.#text();
    return this.#text;
  }

  /** The value itself, parsed anew at each call. */
  parse(): T {
    return JSON.parse(this.text) as T;
  }
}

/** The JSON text of an object with the given members put before its own; `members` ends in a comma. */
export const withFirst = (members: string, object: Json<object>): string =>
  object.text === '{}' ? `{${members.slice(0, -1)}}` : `{${members}${object.text.slice(1)}`;
