import type { JsonText } from './jsonRow.ts';
import { maxRowLength } from './limits.ts';
import { ManifestError } from './manifestError.ts';

/** The lines that are not blank. @throws ManifestError when one is too long */
export async function* jsonLines(text: AsyncIterable<string>): AsyncGenerator<JsonText> {
  let tail = '';
  let line = 1;
  for await (const piece of text) {
    let from = 0;
    for (let to = piece.indexOf('\n'); to !== -1; to = piece.indexOf('\n', from)) {
      const found = bounded(tail + piece.slice(from, to), line);
      if (found.trim() !== '') yield { line, column: 1, text: found };
      tail = '';
      from = to + 1;
      line += 1;
    }
    tail = bounded(tail + piece.slice(from), line);
  }
  if (tail.trim() !== '') yield { line, column: 1, text: tail };
}

function bounded(text: string, line: number): string {
  if (text.length <= maxRowLength) return text;
  throw new ManifestError(`The line is longer than ${maxRowLength} characters.`, { line });
}
