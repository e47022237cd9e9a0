import { maxRowLength } from './limits.ts';
import { ManifestError } from './manifestError.ts';

/** Whole records, as they stand in the file. */
export interface CsvBlock {
  /** Line at which it begins, from 1. */
  line: number;
  text: string;
}

const lineFeed = 10;
const quotationMark = 34;

/**
 * Divides a text where records end: at line ends outside quotation marks.
 * @throws ManifestError when a record is too long, or a quotation mark too many opens a field that never ends
 */
export async function* csvBlocks(text: AsyncIterable<string>): AsyncGenerator<CsvBlock> {
  let tail = '';
  let isQuoted = false;
  let line = 1;
  let blockLine = 1;
  let recordLine = 1;

  for await (const piece of text) {
    let end = 0;
    let recordStart = -tail.length;
    for (let at = 0; at < piece.length; at += 1) {
      const code = piece.charCodeAt(at);
      if (code === quotationMark) isQuoted = !isQuoted;
      if (code === lineFeed) {
        line += 1;
        if (!isQuoted) {
          end = at + 1;
          recordStart = end;
          recordLine = line;
        }
      }
      if (at - recordStart >= maxRowLength) {
        if (end > 0) yield { line: blockLine, text: tail + piece.slice(0, end) };
        throw tooLong(recordLine, isQuoted);
      }
    }
    if (end > 0) {
      yield { line: blockLine, text: tail + piece.slice(0, end) };
      tail = piece.slice(end);
      blockLine = recordLine;
    } else {
      tail += piece;
    }
  }
  if (isQuoted) throw new ManifestError('A quotation mark opens a field that never ends.', { line: recordLine });
  if (tail !== '') yield { line: blockLine, text: tail };
}

const tooLong = (line: number, isQuoted: boolean): ManifestError =>
  new ManifestError(
    `The row that begins here is longer than ${maxRowLength} characters${isQuoted ? '; is a quotation mark not closed?' : '.'}`,
    { line },
  );
