import { cursor } from './cursor.ts';
import { clause, type Clauses } from './filterClauses.ts';
import { require, type Target } from './filterNames.ts';
import { filterForms, type Token } from './lexer.ts';
import type { Resource } from './model.ts';
import { maxAlternatives, needsAdvanced, tooLarge, tooManyClauses } from './queryErrors.ts';
import type { Expression } from './syntax.ts';

/** Most comparisons of one filter, and most of them that are made with each item of a collection: so that no object takes long. */
const maxComparisons = 50;
const maxItemComparisons = 10;

/**
 * Reads a `$filter`: `or` binds least, then `and`, `not` and the comparisons.
 * @param advanced whether the request asks for Graph's advanced queries
 * @throws GraphError
 */
export function parseFilter(text: string, resource: Resource, advanced: boolean): Expression {
  const read = cursor('$filter', text, filterForms);
  let comparisons = 0;
  let itemComparisons = 0;
  let negations = 0;

  const allow = (target: Pick<Target, 'name' | 'filter'>, word: string, token: Token): void => {
    const place = read.place(token);
    comparisons += 1;
    if (clauses.item) itemComparisons += 1;
    if (comparisons > maxComparisons || itemComparisons > maxItemComparisons) {
      throw tooLarge(
        place,
        `The filter is too complex: at most ${maxComparisons} comparisons are made, ${maxItemComparisons} of them within 'any'.`,
      );
    }
    require(target, word, resource, place);
    if (negations > 0) require(target, 'not', resource, place);
  };
  const beAdvanced = (operator: string, token: Token): void => {
    if (!advanced) throw needsAdvanced(read.place(token), operator);
  };

  const joined = (kind: 'and' | 'or', operand: () => Expression): Expression => {
    const first = operand();
    const operands = [first];
    while (read.accept(kind)) operands.push(operand());
    if (operands.length === 1) return first;
    const flat = operands.flatMap((one) => (one.kind === kind ? one.operands : [one]));
    if (kind === 'or' && flat.length > maxAlternatives) {
      throw tooManyClauses(read.place(read.peek()), flat.length);
    }
    return { kind, operands: flat };
  };
  const condition = (): Expression => joined('or', () => joined('and', term));

  const term = (): Expression => {
    const token = read.peek();
    if (read.accept('not')) {
      beAdvanced('not', token);
      negations += 1;
      const operand = read.nested(term);
      negations -= 1;
      return { kind: 'not', operand };
    }
    if (!read.accept('(')) return clause(clauses);
    const inner = read.nested(condition);
    read.expect(')');
    return inner;
  };

  const clauses: Clauses = { read, resource, item: undefined, allow, beAdvanced, condition };
  const expression = condition();
  read.end();
  return expression;
}
