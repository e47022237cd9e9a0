/** A place in a text: line and column, both from 1. */
export interface Position {
  line: number;
  column: number;
}

/** How many line feeds a text holds. */
export function countLineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** The place behind a text that begins at `from`. */
export function behind({ line, column }: Position, text: string): Position {
  const lineEnds = countLineEnds(text);
  return lineEnds === 0
    ? { line, column: column + text.length }
    : { line: line + lineEnds, column: text.length - text.lastIndexOf('\n') };
}
