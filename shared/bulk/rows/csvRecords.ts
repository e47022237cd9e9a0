import { CsvError, parse, type Options } from 'csv-parse/sync';
import { csvBlocks, type CsvBlock } from './csvBlocks.ts';
import { ManifestError } from './manifestError.ts';
import { countLineEnds } from './textLines.ts';

/** The cells of one record. */
export interface CsvRecord {
  /** Line at which it begins, from 1. */
  line: number;
  cells: readonly string[];
}

type Delimiter = ',' | ';' | '\t';

/** The first record that is not empty, and what it tells. */
interface Heading {
  cells: readonly string[];
  delimiter: Delimiter;
}

/**
 * Reads CSV record by record, without those that have nothing in them. The first one tells the delimiter.
 * @throws ManifestError when quotation marks stand where they cannot, or a record is too long
 */
export async function* csvRecords(text: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  let heading: Heading | undefined;
  for await (const block of csvBlocks(text)) {
    if (block.text.trim() === '') continue;
    const delimiter = heading?.delimiter ?? delimiterOf(block.text.trimStart());
    const { records, error } = parseBlock(block, delimiter);
    const [first] = records;
    if (first) heading ??= { cells: first.cells, delimiter };
    yield* records;
    if (error) throw wrongQuote(error, block.line, heading);
  }
}

/** @returns the records before an error as well */
function parseBlock({ line, text }: CsvBlock, delimiter: Delimiter): { records: CsvRecord[]; error?: CsvError } {
  const records: CsvRecord[] = [];
  const options: Options = {
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    trim: true,
    on_record(cells: string[], { lines }) {
      // The parser counts lines to the end of the record.
      records.push({ line: line + lines - 1 - countLineEnds(cells.join('')), cells });
      return null;
    },
  };
  try {
    parse(text, options);
    return { records };
  } catch (thrown) {
    if (thrown instanceof CsvError) return { records, error: thrown };
    throw thrown;
  }
}

/** @param blockLine line at which what was parsed begins */
function wrongQuote(error: CsvError, blockLine: number, heading?: Heading): ManifestError {
  const { column, lines } = error as { column?: number; lines?: number };
  return new ManifestError(
    'A quotation mark stands where none can: a field with one is put in quotation marks, and the mark itself is doubled.',
    { line: blockLine + (lines ?? 1) - 1, column: heading?.cells[column ?? -1] },
  );
}

/** The one of the possible delimiters that the first line has most of, outside quotation marks. */
function delimiterOf(text: string): Delimiter {
  const counts = { ',': 0, ';': 0, '\t': 0 };
  let isQuoted = false;
  for (const char of text) {
    if (char === '"') isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (char === '\n') break;
    if (char === ',' || char === ';' || char === '\t') counts[char] += 1;
  }
  return counts[';'] > counts[','] && counts[';'] >= counts['\t'] ? ';' : counts['\t'] > counts[','] ? '\t' : ',';
}
