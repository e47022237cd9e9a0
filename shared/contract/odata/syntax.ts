/** How the values of a property are written and compared. */
export type ValueType = 'string' | 'boolean' | 'number' | 'instant' | 'binary';

/** A value as it is compared ({@link toKey} makes it); null where there is none. */
export type Key = string | number | null;

/** A property of an object, or of an item of a collection: there an empty path means the item itself. */
export interface Field {
  path: string;
  type: ValueType;
}

export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
export type TextFunction = 'startsWith' | 'endsWith' | 'contains';

/**
 * What `$filter` asks. Every expression is true or false, never unknown: a value that is not there is `null`, it equals only
 * `null`, is neither before nor after anything and matches no text; `ne` and `not` are true wherever their opposite is not.
 */
export type Expression =
  | { kind: 'and' | 'or'; operands: readonly Expression[] }
  | { kind: 'not'; operand: Expression }
  | { kind: 'compare'; operator: Comparison; field: Field; key: Key }
  | { kind: 'in'; field: Field; keys: readonly Key[] }
  | { kind: TextFunction; field: Field; key: string }
  /** Whether an item of the collection meets a condition about the item's own fields. */
  | { kind: 'any'; collection: string; condition: Expression }
  | { kind: 'empty'; collection: string };

/** What `$search` asks; `words` are each the beginning of a word in the property. */
export type SearchExpression =
  | { kind: 'and' | 'or'; operands: readonly SearchExpression[] }
  | { kind: 'not'; operand: SearchExpression }
  | { kind: 'words'; property: string; words: readonly string[] };

export interface Order {
  field: Field;
  descending: boolean;
}

/** A relationship whose objects come with each entity, whole or with the selected properties. */
export interface Expand {
  relationship: string;
  select?: readonly string[];
}
