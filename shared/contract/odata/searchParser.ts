import { cursor, type Cursor } from './cursor.ts';
import { searchForms, type Token } from './lexer.ts';
import type { Resource } from './model.ts';
import { refuseQuery, senseless, tooLarge, unknownProperty } from './queryErrors.ts';
import type { SearchExpression } from './syntax.ts';
import { searchedWords } from './words.ts';

/** Most clauses and most words of one search. */
const maxWords = 100;

/**
 * Reads a `$search`: clauses such as `"displayName:text"`, joined by AND (or nothing) and OR, denied by NOT.
 * @throws GraphError
 */
export function parseSearch(text: string, resource: Resource): SearchExpression {
  const read = cursor('$search', text, searchForms);
  let count = 0;

  const joined = (kind: 'and' | 'or', operand: () => SearchExpression, goesOn: () => boolean): SearchExpression => {
    const first = operand();
    const operands = [first];
    while (goesOn()) operands.push(operand());
    return operands.length === 1 ? first : { kind, operands };
  };
  const startsTerm = ({ kind, text }: Token): boolean =>
    kind === 'string' || text === '(' || text.toLowerCase() === 'not';
  const condition = (): SearchExpression =>
    joined(
      'or',
      () => joined('and', term, () => read.accept('and') || startsTerm(read.peek())),
      () => read.accept('or'),
    );

  const term = (): SearchExpression => {
    if (read.accept('not')) return { kind: 'not', operand: read.nested(term) };
    if (read.accept('(')) {
      const inner = read.nested(condition);
      read.expect(')');
      return inner;
    }
    const token = read.next();
    const words = clause(read, token, resource);
    count += 1 + (words.kind === 'words' ? words.words.length : 0);
    if (count > 2 * maxWords) throw tooLarge(read.place(token), `At most ${maxWords} words are searched.`);
    return words;
  };

  const expression = condition();
  read.end();
  return expression;
}

function clause(read: Cursor, token: Token, resource: Resource): SearchExpression {
  if (token.kind !== 'string') throw read.unexpected(token, 'a clause such as "displayName:text", in double quotes,');
  const place = read.place(token);
  const text = token.text.slice(1, -1).replaceAll(/\\(.)/gs, '$1');
  const colon = text.indexOf(':');
  const name = text.slice(0, Math.max(colon, 0)).trim();
  if (name === '') throw senseless(place, 'A clause names no property.', 'A clause is written "displayName:text".');
  const property = resource.properties.get(name);
  if (!property) throw unknownProperty(place, name, resource.title);
  if (!property.search) {
    throw refuseQuery(
      'Request_UnsupportedQuery',
      `Unsupported or invalid search clause specified for property '${name}' of resource '${resource.title}'.`,
      place,
      `These can be searched: ${searchable(resource)}.`,
    );
  }
  const words = searchedWords(text.slice(colon + 1));
  if (words.length === 0)
    throw senseless(place, 'A clause holds no word.', 'Letters or digits are expected after the colon.');
  return { kind: 'words', property: name, words };
}

const searchable = ({ properties }: Resource): string =>
  [...properties.values()]
    .filter(({ search }) => search)
    .map(({ path }) => path)
    .join(', ');
