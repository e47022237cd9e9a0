import { fromManifestLine, toManifestLine } from './rows/manifestLine.ts';
import type { ReadRow, Row, RowProblem } from './rows/row.ts';

/** A row that cannot be registered, as it is kept: the first thing that is wrong with it, and how many there are. */
export interface WrongRow {
  row: number;
  deviceId?: string;
  problem: Pick<RowProblem, 'code' | 'message'> & { target?: string };
}

/** A line of the file of rows. */
export type StoredRow = Row | WrongRow;

/** The line that keeps a row, with its end. */
export function toStoredLine(read: ReadRow): string {
  if ('value' in read) return toManifestLine(read.value);
  const { row, deviceId, problems } = read;
  const wrong: WrongRow = { row, ...(deviceId !== undefined && { deviceId }), problem: toOne(problems) };
  return `${JSON.stringify({ v: 1, ...wrong })}\n`;
}

/** @throws Error when it is no line of ours */
export const fromStoredLine = (text: string): StoredRow => fromManifestLine(text);

export const isWrong = (row: StoredRow): row is WrongRow => 'problem' in row;

/** All problems of a row as one: a line of a report has a single code, field and message. */
function toOne(problems: readonly RowProblem[]): WrongRow['problem'] {
  const [first] = problems;
  if (!first) throw new Error('A row without a value has a problem.');
  const { code, target, column } = first;
  const field = target ?? (column === undefined ? undefined : String(column));
  const message = problems.map((problem) => `${placeOf(problem)}: ${problem.message}`).join(' ');
  return { code, ...(field !== undefined && { target: field }), message: message.slice(0, maxMessageLength) };
}

/** Longest message of a report, in characters: a row may be wrong in a hundred ways. */
const maxMessageLength = 2000;

const placeOf = ({ line, column }: RowProblem): string =>
  column === undefined
    ? `Line ${line}`
    : `Line ${line}, ${typeof column === 'string' ? `'${column}'` : `column ${column}`}`;
