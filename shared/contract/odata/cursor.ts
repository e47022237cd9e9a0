import type { GraphError } from '../errors.ts';
import { tokensOf, type Forms, type Token } from './lexer.ts';
import { syntaxError, tooLarge, type Place } from './queryErrors.ts';

/** Deepest nesting of parentheses and `not`. */
const maxDepth = 25;

/** Reads the tokens of one query option, from left to right. */
export interface Cursor {
  peek(): Token;
  next(): Token;
  /** Whether the next token is this word or sign, in whatever case; it is taken then. */
  accept(text: string): boolean;
  /** @throws GraphError when the next token is something else */
  expect(text: string): Token;
  /** @throws GraphError when anything is left */
  end(): void;
  /** Runs a rule one level deeper. @throws GraphError when that is too deep */
  nested<T>(rule: () => T): T;
  place(token: Token): Place;
  unexpected(token: Token, expected: string): GraphError;
}

/** @throws GraphError when the text is too long, or some of it is no token */
export function cursor(option: string, text: string, forms: Forms): Cursor {
  const tokens = tokensOf(option, text, forms);
  const end: Token = { kind: 'end', text: '', position: text.length + 1 };
  let at = 0;
  let depth = 0;
  const peek = (): Token => tokens[at] ?? end;
  const next = (): Token => tokens[at++] ?? end;
  const place = ({ position }: Token): Place => ({ option, text, position });
  const unexpected = (token: Token, expected: string): GraphError => {
    const found = token.kind === 'end' ? 'the text ends here' : `'${token.text.slice(0, 50)}' cannot stand here`;
    return syntaxError(place(token), `${found}; ${expected} is expected.`);
  };
  const is = ({ kind, text }: Token, wanted: string): boolean =>
    (kind === 'word' || kind === 'symbol') && text.toLowerCase() === wanted;
  return {
    peek,
    next,
    place,
    unexpected,
    accept: (wanted) => is(peek(), wanted) && Boolean(next()),
    expect(wanted) {
      const token = next();
      if (!is(token, wanted)) throw unexpected(token, `'${wanted}'`);
      return token;
    },
    end() {
      if (peek().kind !== 'end') throw unexpected(peek(), 'the end, or another operator,');
    },
    nested(rule) {
      if (++depth > maxDepth) throw tooLarge(place(peek()), `At most ${maxDepth} levels may be nested.`);
      const result = rule();
      depth -= 1;
      return result;
    },
  };
}
