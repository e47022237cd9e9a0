import { fullFormats } from 'ajv-formats/dist/formats.js';

/** Characters of one text that a pattern looks at: far above any real value, far below what exhausts the engine. */
const longest = 1_048_576;
/** Characters of a date; they leave room for more digits of a second than any clock gives. */
const longestDate = 256;

/**
 * A regular expression that no text is too long for; a text beyond all measure does not match.
 * Ajv tells expressions apart by their text, hence `toString`.
 */
export function boundedRegExp(pattern: string, flags: string): { test(text: string): boolean; toString(): string } {
  const expression = new RegExp(pattern, flags);
  return {
    test: (text) => text.length <= longest && expression.test(text),
    toString: () => expression.toString(),
  };
}

interface Judge {
  validate: (text: string) => boolean;
}
const full = fullFormats as unknown as { 'date-time': Judge; date: Judge; time: Judge; duration: RegExp };
const bounded = (judge: (text: string) => boolean) => (text: string) => text.length <= longestDate && judge(text);

/** The formats of bodies that are judged by more than a pattern. */
export const formats = {
  'date-time': bounded(full['date-time'].validate),
  date: bounded(full.date.validate),
  time: bounded(full.time.validate),
  duration: bounded((text) => full.duration.test(text)),
};
