import { senseless, syntaxError, tooLarge, type Place } from './queryErrors.ts';

export type TokenKind = 'guid' | 'instant' | 'number' | 'binary' | 'string' | 'word' | 'symbol' | 'end';

/** A piece of a text; `position` is the number of its first character, from 1. */
export interface Token {
  kind: TokenKind;
  text: string;
  position: number;
}

/** Longest text in characters; an address has no room for more. */
const maxLength = 16_384;
/** Most tokens; a filter with all the comparisons that one may have needs a third of them. */
const maxTokens = 1000;

/** The forms of tokens, those that win first. None tries the same text in two ways, lest a text takes more than its time. */
export type Forms = readonly (readonly [TokenKind, RegExp])[];

export const filterForms: Forms = [
  ['guid', /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\w-])/iy],
  ['instant', /\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?(?:Z|[+-]\d\d:\d\d))?(?![\w:.-])/iy],
  ['number', /-?\d{1,17}(?:\.\d{1,17})?(?![\w.-])/y],
  ['binary', /binary'[^']*'/iy],
  ['string', /'(?:[^']|'')*'(?!')/y],
  ['word', /\$?[a-z_@][\w.]*/iy],
  ['symbol', /[(),:/]/y],
];
export const searchForms: Forms = [
  ['string', /"(?:[^"\\]|\\.)*"/sy],
  ['word', /[\w.]+/y],
  ['symbol', /[():]/y],
];
const space = /\s*/y;

/**
 * Cuts a text into tokens.
 * @throws GraphError when the text is too long, has too many tokens, or some of it is no token
 */
export function tokensOf(option: string, text: string, forms: Forms): Token[] {
  if (text.length > maxLength) {
    throw tooLarge({ option, text, position: maxLength + 1 }, `At most ${maxLength} characters are read.`);
  }
  const tokens: Token[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const token = tokenAt(text, at, forms) ?? fail({ option, text, position: at + 1 });
    if (tokens.length === maxTokens) {
      throw tooLarge({ option, text, position: at + 1 }, `At most ${maxTokens} names, values and signs are read.`);
    }
    tokens.push(token);
    at = skipSpace(text, at + token.text.length);
  }
  return tokens;
}

function skipSpace(text: string, at: number): number {
  space.lastIndex = at;
  space.test(text);
  return space.lastIndex;
}

function tokenAt(text: string, at: number, forms: Forms): Token | undefined {
  for (const [kind, form] of forms) {
    form.lastIndex = at;
    if (form.test(text)) return { kind, text: text.slice(at, form.lastIndex), position: at + 1 };
  }
  return undefined;
}

/** How a text is written in an option. */
const quotes: Record<string, string> = {
  $filter: "A text stands in single quotes; a quote within it is written twice: 'O''Neill'.",
  $search: 'A clause stands in double quotes: "displayName:text"; a quote within it is written \\".',
};

function fail(place: Place): never {
  const rest = place.text.slice(place.position - 1);
  if (/^(?:binary'|['"])/i.test(rest)) {
    throw senseless(
      place,
      `There is an unterminated string literal at position ${place.position} in '${place.text.slice(0, 200).toWellFormed()}'.`,
      `The text that begins here has no closing quote. ${quotes[place.option] ?? ''}`.trimEnd(),
    );
  }
  const [character = ''] = rest;
  throw syntaxError(place, `'${character.toWellFormed()}' cannot stand here.`);
}
