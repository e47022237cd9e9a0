import type { Row } from './row.ts';

/** Version of the lines of a stored manifest; another one is not read. */
const version = 1;

/** The line of a stored manifest that holds a row, with its end. */
export const toManifestLine = (row: Row): string => `${JSON.stringify({ v: version, ...row })}\n`;

/**
 * Reads what `toManifestLine` wrote.
 * @throws Error when it is anything else: then the store does not hold what was put there
 */
export function fromManifestLine(text: string): Row {
  const { v, ...row } = JSON.parse(text) as Row & { v?: unknown };
  if (v !== version) throw new Error(`A line of a manifest has version ${String(v)}; ${version} is expected.`);
  return row;
}
