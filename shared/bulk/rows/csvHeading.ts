import { columns, plain, requiredColumns, type Column } from './csvColumns.ts';
import type { CsvRecord } from './csvRecords.ts';
import { ManifestError } from './manifestError.ts';
import type { Generate } from './row.ts';

/** A column as the file names it; without `column` it is not read. */
export interface HeadedColumn {
  heading: string;
  column?: Column;
}

/**
 * Understands the heading row, in any case and order.
 * @throws ManifestError when it is none, names a column twice, or lacks one that every device needs
 */
export function readHeading({ line, cells }: CsvRecord, generate: Generate): readonly HeadedColumn[] {
  const last = cells.findLastIndex((cell) => cell.trim() !== '');
  const headed = cells.slice(0, last + 1).map((cell, index): HeadedColumn => {
    const heading = cell.trim() || `column ${index + 1}`;
    const column = columns.get(plain(cell));
    return { heading, ...(column && { column }) };
  });
  const found = new Map<string, string>();
  for (const { heading, column } of headed) {
    if (!column) continue;
    const other = found.get(column.property);
    if (other !== undefined) {
      throw new ManifestError(`'${heading}' and '${other}' both are the column '${column.property}'.`, {
        line,
        column: heading,
      });
    }
    found.set(column.property, heading);
  }
  if (found.size === 0) {
    throw new ManifestError(
      'The first row names no column that is known; headings such as deviceId, displayName and operatingSystem are expected.',
      { line },
    );
  }
  const missing = requiredColumns.filter((name) => !found.has(name) && !isGenerated(name, generate));
  if (missing.length > 0) {
    throw new ManifestError(`The heading row lacks what every device needs: ${missing.join(', ')}.`, { line });
  }
  return headed;
}

const isGenerated = (name: string, generate: Generate): boolean =>
  (name === 'deviceId' && generate.deviceId) || (name === 'alternativeSecurityIds' && generate.key);
