import { compareKeys, keyOf, valueAt } from '../../../contract/odata/keys.ts';
import type { Comparison, Expression, Key, SearchExpression } from '../../../contract/odata/syntax.ts';
import { wordsOf } from '../../../contract/odata/words.ts';

const holds: Record<Comparison, (value: Key, key: Key) => boolean> = {
  eq: (value, key) => value === key,
  ne: (value, key) => value !== key,
  gt: (value, key) => value !== null && compareKeys(value, key) > 0,
  ge: (value, key) => value !== null && compareKeys(value, key) >= 0,
  lt: (value, key) => value !== null && compareKeys(value, key) < 0,
  le: (value, key) => value !== null && compareKeys(value, key) <= 0,
};

/** Whether an object, or an item of a collection, is what a filter asks for. */
export function evaluate(expression: Expression, object: unknown): boolean {
  switch (expression.kind) {
    case 'and':
      return expression.operands.every((operand) => evaluate(operand, object));
    case 'or':
      return expression.operands.some((operand) => evaluate(operand, object));
    case 'not':
      return !evaluate(expression.operand, object);
    case 'compare':
      return holds[expression.operator](keyOf(expression.field, object), expression.key);
    case 'in':
      return expression.keys.includes(keyOf(expression.field, object));
    case 'any':
      return itemsOf(object, expression.collection).some((item) => evaluate(expression.condition, item));
    case 'empty':
      return itemsOf(object, expression.collection).length === 0;
    default: {
      const value = keyOf(expression.field, object);
      return typeof value === 'string' && matches[expression.kind](value, expression.key);
    }
  }
}

const matches = {
  startsWith: (value: string, key: string) => value.startsWith(key),
  endsWith: (value: string, key: string) => value.endsWith(key),
  contains: (value: string, key: string) => value.includes(key),
};

function itemsOf(object: unknown, collection: string): readonly unknown[] {
  const items = valueAt(object, collection);
  return Array.isArray(items) ? items : [];
}

/** Whether an object is what a search asks for. */
export function isFound(search: SearchExpression, object: unknown): boolean {
  switch (search.kind) {
    case 'and':
      return search.operands.every((operand) => isFound(operand, object));
    case 'or':
      return search.operands.some((operand) => isFound(operand, object));
    case 'not':
      return !isFound(search.operand, object);
    case 'words': {
      const value = valueAt(object, search.property);
      const words = typeof value === 'string' ? wordsOf(value) : [];
      return search.words.every((searched) => words.some((word) => word.startsWith(searched)));
    }
  }
}
