import type { Position } from '../../../contract/odata/skiptoken.ts';
import { statementOf, type Plan } from './plan.ts';
import type { Sql } from './toSql.ts';

/** Milliseconds that a slice of work may take, more or less; then others have their turn. */
export const sliceMs = 10;
/** Most rows of one slice. */
const maxRows = 20_000;

/** What was read of some rows; `end` is where it was cut off. */
export interface Slice<T> {
  value: T;
  end?: Position | undefined;
}

/** Reads at most `limit` rows of a statement of {@link statementOf}. */
export type ReadSlice<T> = (statement: Sql, limit: number) => Slice<T>;

/** Lets everything that waits go first. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * The rows of a plan after a position, slice by slice.
 * @param size rows of the first slice; where not all rows are wanted, the next ones follow the clock
 */
export async function* slices<T>(
  plan: Plan,
  after: Position | undefined,
  read: ReadSlice<T>,
  size: number,
): AsyncGenerator<T> {
  let limit = Math.min(size, maxRows);
  let turnBegan = performance.now();
  for (let last = after, isCut = true; isCut;) {
    isCut = false;
    for (const part of plan.parts(last)) {
      const began = performance.now();
      const { value, end } = read(statementOf(plan, part), limit);
      yield value;
      const now = performance.now();
      if (!plan.isExact) limit = adapted(limit, now - began);
      if (now - turnBegan > sliceMs) {
        await turn();
        turnBegan = performance.now();
      }
      if (end) {
        last = end;
        isCut = true;
        break; // The rest of this part comes next.
      }
    }
  }
}

/** As many rows as fit into a slice, not more than four times as many or as few at a time. */
function adapted(limit: number, ms: number): number {
  const factor = Math.min(4, Math.max(0.25, sliceMs / Math.max(ms, 0.01)));
  return Math.min(maxRows, Math.max(50, Math.round(limit * factor)));
}
