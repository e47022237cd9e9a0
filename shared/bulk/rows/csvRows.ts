import type { CellKind } from './csvColumns.ts';
import { readHeading, type HeadedColumn } from './csvHeading.ts';
import { csvRecords, type CsvRecord } from './csvRecords.ts';
import type { Generate, RawRow } from './row.ts';

type Problem = RawRow['problems'][number];

/**
 * Reads the rows of a CSV file.
 * @param onUnknown is told each heading that is no column
 * @throws ManifestError when it is no CSV file with a heading row
 */
export async function* csvRows(
  text: AsyncIterable<string>,
  generate: Generate,
  onUnknown: (heading: string) => void,
): AsyncGenerator<RawRow> {
  let headed: readonly HeadedColumn[] | undefined;
  let headingOf: RawRow['headingOf'];
  for await (const record of csvRecords(text)) {
    if (headed && headingOf) {
      yield { ...readCells(headed, record), headingOf };
      continue;
    }
    headed = readHeading(record, generate);
    const headings = new Map(headed.map(({ heading, column }) => [column?.property, heading]));
    headingOf = (property) => headings.get(property);
    for (const { heading, column } of headed) if (!column) onUnknown(heading);
  }
}

/** A cell that is blank is a property that is not given. */
function readCells(headed: readonly HeadedColumn[], { line, cells }: CsvRecord): RawRow {
  const value: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const [index, { heading, column }] of headed.entries()) {
    const cell = cells[index] ?? '';
    if (!column || cell.trim() === '') continue;
    const read = readers[column.kind](cell);
    if (read === undefined) problems.push({ line, column: heading, ...notBoolean(column.property, cell) });
    else if (column.within === undefined) value[column.property] = read;
    else value[column.within] = { ...(value[column.within] as object | undefined), [column.property]: read };
  }
  if (cells.slice(headed.length).some((cell) => cell.trim() !== '')) {
    problems.push({
      line,
      code: 'TooManyFields',
      message: `The row has ${cells.length} fields, and the heading row has ${headed.length}. Is a delimiter not in quotation marks?`,
    });
  }
  return { line, value, problems };
}

const words = (cell: string): string[] => cell.trim().split(/\s+/);

const readers: Record<CellKind, (cell: string) => unknown> = {
  text: (cell) => cell,
  boolean: (cell) => booleans.get(cell.trim().toLowerCase()),
  words,
  // Type 2 is the key of a device certificate.
  keys: (cell) => words(cell).map((key) => ({ type: 2, key })),
};

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
]);

const notBoolean = (target: string, cell: string): Pick<Problem, 'code' | 'message'> & { target: string } => ({
  code: 'InvalidValue',
  target,
  message: `'${cell.slice(0, 80)}' is not a right value: true, false, yes, no, 1 or 0 is expected.`,
});
