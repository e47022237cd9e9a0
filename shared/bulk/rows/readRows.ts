import { randomBytes } from 'node:crypto';
import { isGuid } from '../../contract/guid.ts';
import { rowChecker, type Checked, type Makers } from './checkRow.ts';
import { csvRows } from './csvRows.ts';
import { deviceIds, type DeviceIds } from './deviceIds.ts';
import type { ManifestFormat } from './formatOf.ts';
import { jsonElements } from './jsonElements.ts';
import { jsonLines } from './jsonLines.ts';
import { toRawRow, type JsonText } from './jsonRow.ts';
import { maxRows } from './limits.ts';
import { ManifestError } from './manifestError.ts';
import { readText } from './readText.ts';
import type { Generate, RawRow, ReadRow, RowProblem } from './row.ts';

export interface ReadOptions {
  format: ManifestFormat;
  /** What is made up where a row leaves it out. */
  generate: Generate;
  /** A new GUID. */
  newId(): string;
  /** A new key as base64 text; by default 32 random bytes. */
  newKey?(): string;
}

/** The rows of a manifest, in its order; to be iterated once. */
export interface RowReader extends AsyncIterable<ReadRow> {
  /** Headings of columns that are not read; known once the first row is there. */
  unknownColumns(): readonly string[];
}

/**
 * Reads a manifest row by row, in bounded memory. A wrong row is no end: it comes with all that is wrong with it.
 * @throws ManifestError while it is iterated, when the whole is no manifest: another kind of file, not UTF-8, no heading row,
 *   no rows or too many, a row that is too long, quotation marks or brackets that do not fit
 */
export function readRows(bytes: AsyncIterable<Uint8Array>, options: ReadOptions): RowReader {
  const unknown: string[] = [];
  const make: Makers = {
    deviceId: options.generate.deviceId ? options.newId : undefined,
    key: options.generate.key ? (options.newKey ?? randomKey) : undefined,
  };

  async function* read(): AsyncGenerator<ReadRow> {
    const seen = deviceIds();
    let row = 0;
    try {
      const check = await rowChecker(make);
      for await (const raw of rawRows(readText(bytes), options, (heading) => unknown.push(heading))) {
        row += 1;
        if (row > maxRows) throw new ManifestError(`The manifest has more than ${maxRows} rows.`, { line: raw.line });
        yield toReadRow(raw, row, check, seen);
      }
    } finally {
      seen.release();
    }
    if (row === 0) throw new ManifestError('The manifest holds no rows.');
  }

  return { unknownColumns: () => unknown, [Symbol.asyncIterator]: read };
}

const randomKey = (): string => randomBytes(32).toString('base64');

function rawRows(
  text: AsyncIterable<string>,
  { format, generate }: ReadOptions,
  onUnknown: (heading: string) => void,
): AsyncIterable<RawRow> {
  switch (format) {
    case 'csv':
      return csvRows(text, generate, onUnknown);
    case 'jsonLines':
      return toRawRows(jsonLines(text));
    case 'json':
      return toRawRows(jsonElements(text));
  }
}

async function* toRawRows(texts: AsyncIterable<JsonText>): AsyncGenerator<RawRow> {
  for await (const text of texts) yield toRawRow(text);
}

function toReadRow(raw: RawRow, row: number, check: (value: unknown) => Checked, seen: DeviceIds): ReadRow {
  const { line } = raw;
  const placeOf = (target?: string): Pick<RowProblem, 'row' | 'line' | 'column'> => {
    const column = raw.headingOf?.(rootOf(target));
    return { row, line, ...(column !== undefined && { column }) };
  };
  const problems: RowProblem[] = raw.problems.map((problem) => ({ row, ...problem }));
  const checked = raw.value === undefined ? { details: [] } : check(raw.value);
  if ('details' in checked) {
    const told = new Set(problems.map(({ target }) => target));
    const news = checked.details.filter(({ target }) => target === undefined || !told.has(target));
    problems.push(...news.map((detail) => ({ ...placeOf(detail.target), ...detail })));
  }
  const deviceId = 'value' in checked ? checked.value.device.deviceId : givenDeviceId(raw.value);
  const earlier = deviceId !== undefined && isGuid(deviceId) ? seen.add(deviceId, row) : undefined;
  if (earlier !== undefined) {
    const message = `'${deviceId}' is the deviceId of row ${earlier} already.`;
    problems.push({ ...placeOf('deviceId'), code: 'DuplicateDeviceId', target: 'deviceId', message });
  }
  return 'value' in checked && problems.length === 0
    ? { row, line, value: { row, ...checked.value } }
    : { row, line, ...(deviceId !== undefined && { deviceId }), problems };
}

/** The column of `alternativeSecurityIds[0].key` is `alternativeSecurityIds`, that of `extensionAttributes.extensionAttribute1` the latter. */
const rootOf = (target = ''): string => target.replace(/^extensionAttributes\./, '').replace(/[.[].*$/, '');

function givenDeviceId(value: unknown): string | undefined {
  const deviceId = (value as { deviceId?: unknown } | null | undefined)?.deviceId;
  return typeof deviceId === 'string' ? deviceId : undefined;
}
