import { crc32, deflateRawSync } from 'node:zlib';

/** 1980-01-01 00:00, the earliest time that a zip file can name: the same files always make the same bytes. */
const date = (1 << 5) | 1;
const version = 20;
/** Bit 11: names are UTF-8. */
const flags = 0x0800;
const deflate = 8;

/**
 * A zip file (PKWARE APPNOTE 6.3, without ZIP64: below 4 GB and 65,536 files), its names in order and without times.
 * @param files content by path, with `/` between folders
 */
export function zip(files: ReadonlyMap<string, Uint8Array>): Buffer {
  const entries: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, content] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const name = Buffer.from(path);
    const packed = deflateRawSync(content, { level: 9 });
    const common = numbers(
      [version, 2],
      [flags, 2],
      [deflate, 2],
      [0, 2],
      [date, 2],
      [crc32(content), 4],
      [packed.length, 4],
      [content.length, 4],
      [name.length, 2],
      [0, 2],
    );
    const entry = Buffer.concat([numbers([0x04034b50, 4]), common, name, packed]);
    // Of the directory's own: made on (0: no rights), comment, disk, kind, rights, and where the entry begins.
    directory.push(
      numbers([0x02014b50, 4], [version, 2]),
      common,
      numbers([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]),
      name,
    );
    entries.push(entry);
    offset += entry.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = numbers(
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [files.size, 2],
    [files.size, 2],
    [size, 4],
    [offset, 4],
    [0, 2],
  );
  return Buffer.concat([...entries, ...directory, end]);
}

/** Unsigned numbers, least significant byte first, each with its length in bytes. */
const numbers = (...fields: readonly (readonly [value: number, bytes: 2 | 4])[]): Buffer =>
  Buffer.concat(
    fields.map(([value, bytes]) => {
      const field = Buffer.alloc(bytes);
      field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );
