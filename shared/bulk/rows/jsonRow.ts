import type { RawRow } from './row.ts';
import { behind, type Position } from './textLines.ts';

/** The JSON text of one row, and where it begins. */
export interface JsonText extends Position {
  text: string;
}

/** The place that JSON.parse tells of most mistakes; it counts from the begin of the row, and only we know where that is. */
const where = / (?:in JSON )?at position (\d+)(?: \(line \d+ column \d+\))?$/;

/** Reads the JSON of one row; broken JSON is a problem of that row alone. */
export function toRawRow({ text, ...begin }: JsonText): RawRow {
  const { line } = begin;
  try {
    return { line, value: JSON.parse(text), problems: [] };
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    const position = where.exec(thrown.message)?.[1];
    const place = position === undefined ? { line } : behind(begin, text.slice(0, Number(position)));
    return {
      line,
      value: undefined,
      problems: [
        { ...place, code: 'InvalidJson', message: `The row is not JSON: ${thrown.message.replace(where, '')}` },
      ],
    };
  }
}
