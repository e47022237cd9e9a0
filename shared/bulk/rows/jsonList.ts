import type { JsonText } from './jsonRow.ts';
import { maxRowLength } from './limits.ts';
import { ManifestError } from './manifestError.ts';
import { behind, type Position } from './textLines.ts';

/** The inside of a JSON list, which comes in pieces. */
export interface JsonList {
  /** Yields the elements that end in this piece; @returns what stands there from the bracket on that ends the list */
  read(piece: string): Generator<JsonText, string>;
  /** @throws ManifestError when the list has not ended */
  end(): void;
}

/**
 * Divides a list at its commas. Only strings, brackets and commas are looked at; whoever reads an element judges it.
 * @param begin the place behind the bracket that opens the list
 */
export function jsonList(begin: Position): JsonList {
  let isOpen = true;
  /** What there is so far of the element, and where that begins. */
  let segment = '';
  let place = begin;
  let count = 0;
  let depth = 0;
  let isString = false;
  let isEscaped = false;

  /** @returns whether the character ends an element */
  const step = (char: string): boolean => {
    if (isEscaped) {
      isEscaped = false;
    } else if (isString) {
      isEscaped = char === '\\';
      isString = char !== '"';
    } else if (char === '"') {
      isString = true;
    } else if (char === '{' || char === '[') {
      depth += 1;
    } else if (depth === 0) {
      return char === ',' || char === ']' || char === '}';
    } else if (char === '}' || char === ']') {
      depth -= 1;
    }
    return false;
  };

  /** Behind the blanks that stand before the element. */
  const elementStart = (): Position => behind(place, segment.slice(0, segment.length - segment.trimStart().length));

  /** Ends an element with `,`, and the list with `]`; an empty list has none. */
  const finish = (char: string): JsonText | undefined => {
    const text = segment.trim();
    const start = elementStart();
    place = behind(place, segment + char);
    segment = '';
    isOpen = char === ',';
    if (char === '}') throw new ManifestError("'}' is not expected here.", start);
    if (text === '') {
      if (isOpen || count > 0) throw new ManifestError('A row is missing.', start);
      return undefined;
    }
    count += 1;
    return { ...start, text };
  };

  const keep = (text: string): void => {
    segment += text;
    if (segment.length > maxRowLength) {
      throw new ManifestError(`The row that begins here is longer than ${maxRowLength} characters.`, elementStart());
    }
  };

  return {
    *read(piece) {
      if (!isOpen) return piece;
      let from = 0;
      for (let at = 0; at < piece.length; at += 1) {
        const char = piece.charAt(at);
        if (!step(char)) continue;
        keep(piece.slice(from, at));
        const element = finish(char);
        if (element) yield element;
        if (char === ']') return piece.slice(at);
        from = at + 1;
      }
      keep(piece.slice(from));
      return '';
    },
    end() {
      if (isOpen) throw new ManifestError('The list of devices does not end.', elementStart());
    },
  };
}
