import { fold } from './keys.ts';

/** Between a small letter and a capital: `HelloWorld` is two words, `HELLOworld` one. */
const humps = /(?<=\p{Ll}\p{M}*)(?=\p{Lu})/gu;
const parts = /\p{N}+|[\p{L}\p{M}]+/gu;

const partsOf = (run: string): string[] => run.replace(humps, ' ').match(parts)?.map(fold) ?? [];

/** The words that a search asks for: cut at spaces, symbols, humps, and between letters and digits. */
export const searchedWords = (text: string): string[] => [...new Set(partsOf(text))];

/**
 * The words by which a text is found, as Graph cuts them: those of {@link searchedWords}, and what is not divided by spaces
 * as one word, so that `helloworld` finds `Hello-World`.
 */
export function wordsOf(text: string): string[] {
  const words = text.split(/\s+/u).flatMap((run) => {
    const found = partsOf(run);
    return found.length > 1 ? [...found, found.join('')] : found;
  });
  return [...new Set(words)];
}

/** The words as one text; a word `w` begins one of them where ` w` stands in it. */
export const wordsText = (text: string): string =>
  wordsOf(text)
    .map((word) => ` ${word}`)
    .join('');
