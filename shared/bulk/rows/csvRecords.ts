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

/** What the parser gives of a record with the option `info`; `lines` counts to its end. */
interface Parsed {
  record: string[];
  info: { lines: number };
}

/**
 * Reads CSV record by record, without those that have nothing in them. The first one tells the delimiter.
 * @throws ManifestError when quotation marks stand where they cannot, or a record is too long
 */
export async function* csvRecords(text: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  let heading: Heading | undefined;
  for await (const block of csvBlocks(text)) {
    if (block.text.trim() === '') continue;
    heading ??= headingOf(block);
    for (const { record, info } of parseBlock(block, heading)) {
      yield { line: block.line + info.lines - 1 - countLineEnds(record.join('')), cells: record };
    }
  }
}

/** The first record that is not empty. */
interface Heading {
  delimiter: Delimiter;
  cells: readonly string[];
}

function headingOf(block: CsvBlock): Heading {
  const delimiter = delimiterOf(block.text.trimStart());
  return { delimiter, cells: parseBlock(block, { delimiter, cells: [] }, { to: 1 })[0]?.record ?? [] };
}

function parseBlock({ line, text }: CsvBlock, { delimiter, cells }: Heading, options: Options = {}): Parsed[] {
  try {
    return parse(text, {
      delimiter,
      record_delimiter: '\n',
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
      ...options,
    }) as unknown as Parsed[];
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown;
    const { column, lines } = thrown as { column?: number; lines?: number };
    throw new ManifestError(
      'A quotation mark stands where none can: a field with one is put in quotation marks, and the mark itself is doubled.',
      { line: line + (lines ?? 1) - 1, column: cells[column ?? -1] },
    );
  }
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
