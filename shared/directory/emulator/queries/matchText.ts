import type { SearchExpression } from '../../../contract/odata/syntax.ts';

/** What the full-text index is asked for a search. */
export interface Match {
  /** A text for `MATCH`, built of quoted words only. */
  text: string;
  /** Whether it says all that the search says; otherwise it finds more. */
  exact: boolean;
}

/**
 * The full-text query that finds whatever a search finds; undefined when nothing but the whole list does, as for a mere NOT.
 * Words hold letters and digits only, so that nothing in them means anything to FTS5.
 */
export function matchText(search: SearchExpression): Match | undefined {
  switch (search.kind) {
    case 'words':
      return { text: `(${search.words.map((word) => `"${word}" *`).join(' AND ')})`, exact: true };
    case 'not':
      return undefined;
    case 'and': {
      const parts = search.operands.map(matchText);
      const known = parts.filter((part) => part !== undefined);
      if (known.length === 0) return undefined;
      const exact = known.length === parts.length && known.every((part) => part.exact);
      return { text: `(${known.map(({ text }) => text).join(' AND ')})`, exact };
    }
    case 'or': {
      const parts = search.operands.map(matchText);
      if (parts.includes(undefined)) return undefined;
      const known = parts.filter((part) => part !== undefined);
      return { text: `(${known.map(({ text }) => text).join(' OR ')})`, exact: known.every((part) => part.exact) };
    }
  }
}
