import type { SearchExpression } from '../../../contract/odata/syntax.ts';

/** What the full-text index is asked for a search. */
export interface Match {
  /** A text for `MATCH`, built of quoted words only. */
  text: string;
  /** Whether it says all that the search says; otherwise it finds more. */
  isExact: boolean;
}

/** How many characters of a word's beginning the full-text index knows; it finds others only by collecting all words like it. */
export const prefixLengths = [1, 2, 3, 4, 6, 8, 12];

/**
 * The full-text query that finds whatever a search finds; undefined when nothing but the whole list does, as for a mere NOT.
 * Words hold letters and digits only, so that nothing in them means anything to FTS5.
 */
export function matchText(search: SearchExpression): Match | undefined {
  switch (search.kind) {
    case 'words':
      return all(search.words.map(matchWord), 'AND');
    case 'not':
      return undefined;
    case 'and': {
      const parts = search.operands.map(matchText);
      const known = parts.filter((part) => part !== undefined);
      if (known.length === 0) return undefined;
      const match = all(known, 'AND');
      return { ...match, isExact: match.isExact && known.length === parts.length };
    }
    case 'or': {
      const parts = search.operands.map(matchText).filter((part) => part !== undefined);
      return parts.length === search.operands.length ? all(parts, 'OR') : undefined;
    }
  }
}

function matchWord(word: string): Match {
  const characters = Array.from(word);
  const length = prefixLengths.findLast((known) => known <= characters.length) ?? 1;
  return { text: `"${characters.slice(0, length).join('')}" *`, isExact: length === characters.length };
}

const all = (parts: readonly Match[], operator: 'AND' | 'OR'): Match => ({
  text: `(${parts.map(({ text }) => text).join(` ${operator} `)})`,
  isExact: parts.every((part) => part.isExact),
});
