import type { Token } from 'markdown-it';
import { inlineText, tidy } from './inlineText.ts';
import type { Report } from './pageErrors.ts';

export interface Cell {
  /** What a reader sees. */
  text: string;
  /** The source, in which code spans still show. */
  markdown: string;
  bold: boolean;
}
export interface Row {
  line: number;
  cells: Cell[];
}
/** A table under the nearest heading of any level. */
export interface Table {
  heading: string;
  line: number;
  columns: string[];
  rows: Row[];
}

const emptyCell: Cell = { text: '', markdown: '', bold: false };

/** The cell of a row in a column that `columnIndex` found; empty where the table has no such column. */
export const cellAt = (row: Row, column: number): Cell => row.cells[column] ?? emptyCell;

/** The first column whose header is one of `names`, or -1. */
export const columnIndex = (table: Table, ...names: string[]): number =>
  table.columns.findIndex((column) => names.includes(column.toLowerCase()));

/** A row that only names a group of the rows below it, such as `|**Open extensions**| | |`. */
export const isGroupRow = (row: Row): boolean =>
  cellAt(row, 0).bold && row.cells.slice(1).every((cell) => cell.text === '');

/** Markdown fills short rows with empty cells and drops surplus ones without a word, so the source is counted. */
function sourceCells(line: string): string[] {
  const inner = line.replace(/^[\s>]*\|?/, '').replace(/(?<!\\)\|\s*$/, '');
  return inner.split(/(?<!\\)\|/);
}

/** Reads the table that opens at `tokens[start]`. */
export function readTable(
  tokens: readonly Token[],
  start: number,
  heading: string,
  lines: readonly string[],
  report: Report,
): Table {
  const table: Table = { heading, line: (tokens[start]?.map?.[0] ?? 0) + 1, columns: [], rows: [] };
  let line = table.line;
  let cells: Cell[] = [];
  for (let index = start; tokens[index] && tokens[index]?.type !== 'table_close'; index += 1) {
    const token = tokens[index];
    if (token?.type === 'tr_open') {
      line = (token.map?.[0] ?? 0) + 1;
      cells = [];
    } else if (token?.type === 'inline') {
      cells.push(readCell(token));
    } else if (token?.type === 'tr_close') {
      if (table.columns.length === 0) {
        table.columns = cells.map((cell) => cell.text);
      } else {
        checkWidth(sourceCells(lines[line - 1] ?? ''), table.columns.length, line, report);
        table.rows.push({ line, cells });
      }
    }
  }
  return table;
}

function readCell(inline: Token): Cell {
  const [first, ...others] = (inline.children ?? []).filter((token) => token.content !== '' || token.nesting !== 0);
  return {
    text: inlineText(inline),
    markdown: tidy(inline.content),
    bold: first?.type === 'strong_open' && others.at(-1)?.type === 'strong_close',
  };
}

function checkWidth(cells: readonly string[], columns: number, line: number, report: Report): void {
  const surplus = cells.slice(columns).some((cell) => cell.trim() !== '');
  if (cells.length < columns) report.error(line, `this row has ${cells.length} of the table's ${columns} cells`);
  if (surplus) {
    report.error(line, `this row has more than the table's ${columns} cells; a | inside a cell is written \\|`);
  }
}
