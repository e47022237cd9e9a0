import type { Cursor } from './cursor.ts';
import { targetOf, type Item, type Target } from './filterNames.ts';
import type { Token } from './lexer.ts';
import { literalKey, literalOf, type Literal } from './literals.ts';
import type { Resource } from './model.ts';
import { maxAlternatives, tooManyClauses, unknownProperty, unsupportedClause } from './queryErrors.ts';
import type { Comparison, Expression, Key, TextFunction } from './syntax.ts';

/** What the clauses of a filter share while it is read. */
export interface Clauses {
  read: Cursor;
  resource: Resource;
  /** Set while the condition of a lambda is read: names then belong to the item. */
  item: Item | undefined;
  /** @throws GraphError when the target does not support the operator or function */
  allow(target: Pick<Target, 'name' | 'filter'>, word: string, token: Token): void;
  /** @throws GraphError when the request asks for no advanced queries */
  beAdvanced(operator: string, token: Token): void;
  /** Reads a whole condition, as a lambda holds one. */
  condition(): Expression;
}

const comparisons = new Set<string>(['eq', 'ne', 'gt', 'ge', 'lt', 'le']);
const functions = new Map<string, TextFunction>([
  ['startswith', 'startsWith'],
  ['endswith', 'endsWith'],
  ['contains', 'contains'],
]);

/** Reads one comparison, function, lambda or `/$count`. */
export function clause(clauses: Clauses): Expression {
  const { read, resource, item } = clauses;
  const token = read.next();
  if (token.kind !== 'word' || literalOf(token)) throw read.unexpected(token, 'the name of a property or a function');
  if (read.accept('(')) return textFunction(clauses, token);
  let path = token.text;
  while (read.accept('/')) {
    const segment = read.next();
    if (segment.kind !== 'word') throw read.unexpected(segment, 'a name');
    if (segment.text === '$count') return emptiness(clauses, path, token);
    if (read.accept('(')) return lambda(clauses, path, token, segment);
    path += `/${segment.text}`;
  }
  const target = targetOf(path, item, resource, read.place(token));
  const operator = read.next();
  const word = operator.text.toLowerCase();
  if (operator.kind === 'word' && comparisons.has(word)) return compared(clauses, target, word as Comparison, operator);
  if (operator.kind === 'word' && word === 'in') return listed(clauses, target, operator);
  throw read.unexpected(operator, "an operator such as 'eq'");
}

function literal(read: Cursor): [Literal, Token] {
  const token = read.next();
  const value = literalOf(token);
  if (!value) throw read.unexpected(token, 'a value');
  return [value, token];
}

function compared(
  { read, allow, beAdvanced }: Clauses,
  target: Target,
  operator: Comparison,
  token: Token,
): Expression {
  const [value, valueToken] = literal(read);
  const isEquality = operator === 'eq' || operator === 'ne';
  if (value.type === 'null' && !isEquality) throw read.unexpected(valueToken, 'another value than null');
  allow(target, value.type === 'null' ? 'null' : operator, token);
  if (operator === 'ne') beAdvanced('ne', token);
  const key = literalKey(value, target.field, operator, read.place(valueToken));
  return { kind: 'compare', operator, field: target.field, key };
}

function listed({ read, allow }: Clauses, target: Target, token: Token): Expression {
  allow(target, 'in', token);
  read.expect('(');
  const keys: Key[] = [];
  do {
    const [value, valueToken] = literal(read);
    if (value.type === 'null') throw read.unexpected(valueToken, 'another value than null');
    keys.push(literalKey(value, target.field, 'eq', read.place(valueToken)));
  } while (read.accept(','));
  read.expect(')');
  if (keys.length > maxAlternatives) throw tooManyClauses(read.place(token), keys.length);
  return { kind: 'in', field: target.field, keys: [...new Set(keys)] };
}

function textFunction({ read, resource, item, allow, beAdvanced }: Clauses, token: Token): Expression {
  const kind = functions.get(token.text.toLowerCase());
  if (!kind) throw read.unexpected(token, 'startsWith, endsWith or contains');
  const name = read.next();
  if (name.kind !== 'word') throw read.unexpected(name, 'the name of a property');
  let path = name.text;
  while (read.accept('/')) path += `/${read.next().text}`;
  const target = targetOf(path, item, resource, read.place(name));
  allow(target, kind, token);
  if (kind === 'endsWith') beAdvanced(kind, token);
  read.expect(',');
  const [value, valueToken] = literal(read);
  if (value.type !== 'string' && value.type !== 'guid') throw read.unexpected(valueToken, 'text in single quotes');
  const key = literalKey(value, target.field, 'eq', read.place(valueToken));
  read.expect(')');
  if (read.accept('eq')) read.expect('true'); // As some clients write it.
  return { kind, field: target.field, key: String(key) };
}

function lambda(clauses: Clauses, path: string, token: Token, name: Token): Expression {
  const { read } = clauses;
  const collection = collectionOf(clauses, path, token);
  if (name.text.toLowerCase() !== 'any') throw read.unexpected(name, "'any'");
  const variable = read.next();
  if (variable.kind !== 'word') throw read.unexpected(variable, "a name for the items, such as 'x',");
  read.expect(':');
  clauses.item = { variable: variable.text, collection };
  const condition = read.nested(clauses.condition);
  clauses.item = undefined;
  read.expect(')');
  return { kind: 'any', collection: path, condition };
}

function emptiness(clauses: Clauses, path: string, token: Token): Expression {
  const { read, allow, beAdvanced } = clauses;
  const { filter } = collectionOf(clauses, path, token);
  const operator = read.next().text.toLowerCase();
  allow({ name: path, filter }, `/$count ${operator} ${read.next().text}`, token);
  beAdvanced('$count', token);
  const empty: Expression = { kind: 'empty', collection: path };
  return operator === 'eq' ? empty : { kind: 'not', operand: empty };
}

function collectionOf({ read, resource, item }: Clauses, path: string, token: Token): Item['collection'] {
  const collection = item ? undefined : resource.collections.get(path);
  if (collection) return collection;
  const place = read.place(token);
  const [first = ''] = path.split('/');
  if (!item && !resource.names.has(first)) throw unknownProperty(place, first, resource.title);
  throw unsupportedClause(place, item?.collection.path ?? first, resource.title, 'No collection is named here.');
}
