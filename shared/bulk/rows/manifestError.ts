/** Where in a manifest something is: a line from 1, and a place in it, from 1, or a heading. */
export interface Place {
  line?: number | undefined;
  column?: number | string | undefined;
}

/** Says in one sentence why a file is no manifest at all; what is wrong with single rows is told row by row. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
  readonly line: number | undefined;
  readonly column: number | string | undefined;

  constructor(message: string, { line, column }: Place = {}) {
    super(prefix({ line, column }) + message);
    this.line = line;
    this.column = column;
  }
}

function prefix({ line, column }: Place): string {
  if (line === undefined) return '';
  if (column === undefined) return `Line ${line}: `;
  return `Line ${line}, column ${typeof column === 'string' ? `'${column}'` : column}: `;
}
