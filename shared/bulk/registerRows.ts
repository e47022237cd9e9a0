import type { Directory } from '../directory/port.ts';
import { registerRow, type Attempt } from './registerRow.ts';
import type { RowOutcome } from './rowOutcome.ts';
import type { Row } from './rows/row.ts';

export interface Registration extends Attempt {
  /** Rows that are under way at the same time. */
  width: number;
  /** A row that was tried before all others, with the object id of its device where there is one. */
  trial: { row: number; id?: string } | undefined;
}

/**
 * Registers rows, several at a time; of each there is one outcome, in the order of the rows. What an embedded directory gets in one turn is one
 * transaction. How rows become requests is decided here and nowhere else.
 */
export async function registerRows(
  directoryFor: () => Directory,
  rows: readonly Row[],
  { width, trial, ...attempt }: Registration,
): Promise<RowOutcome[]> {
  const outcomes: RowOutcome[] = [];
  const queue = rows.entries();
  const work = async (): Promise<void> => {
    for (const [index, row] of queue) {
      outcomes[index] = await registerRow(directoryFor(), row, attempt, trial?.row === row.row ? trial.id : undefined);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, rows.length) }, work));
  return outcomes;
}
