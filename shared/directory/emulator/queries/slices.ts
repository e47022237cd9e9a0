import type { Position } from '../../../contract/odata/skiptoken.ts';
import { statementOf, type Plan } from './plan.ts';
import type { Sql } from './toSql.ts';
import { isTurnOver, sliceMs, turn } from './turns.ts';

/** Rows of the first slice, before it is known what a row costs. */
const firstRows = 2;
/** Most rows of a later one, and where what a row has cost does not tell what the next one will. */
const maxRows = 10_000;
const maxUnevenRows = 200;

/** What was read of some rows; `end` is where it was cut off. */
export interface Slice<T> {
  value: T;
  end?: Position | undefined;
}

/** Reads at most `limit` rows of a statement of {@link statementOf}. */
export type ReadSlice<T> = (statement: Sql, limit: number) => Slice<T>;

/**
 * The rows of a plan after a position, slice by slice.
 * @param size rows of a slice where all rows are wanted; otherwise slices grow and shrink by the clock
 */
export async function* slices<T>(
  plan: Plan,
  after: Position | undefined,
  read: ReadSlice<T>,
  size: number,
): AsyncGenerator<T> {
  let limit = plan.isExact ? size : firstRows;
  const mostRows = plan.isUneven ? maxUnevenRows : maxRows;
  let last = after;
  let isCut: boolean;
  do {
    isCut = false;
    for (const part of plan.parts(last)) {
      if (isTurnOver()) await turn();
      const began = performance.now();
      const { value, end } = read(statementOf(plan, part), limit);
      if (!plan.isExact) limit = Math.min(adapted(limit, performance.now() - began), mostRows);
      yield value;
      if (end) {
        last = end;
        isCut = true;
        break; // What is left of this part comes next.
      }
    }
  } while (isCut);
}

/** As many rows as fit into a slice, not more than four times as many or as few at a time. */
function adapted(limit: number, ms: number): number {
  const factor = Math.min(4, Math.max(0.25, sliceMs / Math.max(ms, 0.01)));
  return Math.max(1, Math.round(limit * factor));
}
