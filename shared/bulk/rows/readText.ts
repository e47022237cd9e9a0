import { isUtf8 } from 'node:buffer';
import { ManifestError } from './manifestError.ts';
import { countLineEnds } from './textLines.ts';

/** Bytes that are worked on at once, however large the chunks are in which they come. */
const pieceBytes = 64 * 1024;
/** How many bytes tell what kind of file it is. */
const signatureBytes = 4;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** What a file is that begins with these bytes, in hexadecimal. */
const signatures: readonly [string, string][] = [
  ['504b0304', 'a ZIP archive, as .xlsx workbooks are'],
  ['504b0506', 'an empty ZIP archive'],
  ['d0cf11e0', 'an Excel workbook (.xls)'],
  ['25504446', 'a PDF'],
  ['1f8b', 'compressed with gzip'],
  ['fffe', 'text in UTF-16'],
  ['feff', 'text in UTF-16'],
];

/**
 * The text of a manifest, piece by piece: without byte order mark, and every line end is a line feed.
 * @throws ManifestError when it is another kind of file, or not UTF-8
 */
export async function* readText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let held: Buffer = Buffer.alloc(0);
  /** Line at which the next piece begins, 0 before the first one. */
  let line = 0;

  const toText = (piece: Buffer): string => {
    const isStart = line === 0;
    if (isStart) line = 1;
    const text = decode(isStart ? withoutSignature(piece) : piece, line);
    line += countLineEnds(text);
    return text;
  };

  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += pieceBytes) {
      const piece = Buffer.concat([held, chunk.subarray(at, at + pieceBytes)]);
      const end = line === 0 && piece.length < signatureBytes ? 0 : wholeLength(piece);
      held = piece.subarray(end);
      if (end > 0) yield toText(piece.subarray(0, end));
    }
  }
  if (held.length > 0) yield toText(held);
}

/** The bytes without byte order mark. @throws ManifestError when they begin as no text does */
function withoutSignature(start: Buffer): Buffer {
  const hex = start.toString('hex', 0, signatureBytes);
  const kind = signatures.find(([signature]) => hex.startsWith(signature))?.[1];
  if (kind !== undefined) {
    throw new ManifestError(`The file is ${kind}; save it as CSV in UTF-8 ("CSV UTF-8" in Excel), or as JSON.`);
  }
  return hex.startsWith('efbbbf') ? start.subarray(3) : start;
}

function decode(piece: Buffer, firstLine: number): string {
  if (!isUtf8(piece)) {
    throw new ManifestError('The text is not UTF-8; save the file as "CSV UTF-8".', {
      line: firstLine + lineOfWrongByte(piece),
    });
  }
  const text = piece.toString('utf8').replaceAll(/\r\n?/g, '\n');
  const nul = text.indexOf('\0');
  if (nul !== -1) {
    const line = firstLine + countLineEnds(text.slice(0, nul));
    throw new ManifestError('The file holds a NUL character: it is binary, not text.', { line });
  }
  return text;
}

/** How many bytes there are without a character, or a line end of two, that goes on in the next piece. */
function wholeLength(bytes: Buffer): number {
  const last = bytes.length - 1;
  if (bytes[last] === carriageReturn) return last;
  for (let at = last; at >= 0 && at > last - 4; at -= 1) {
    const byte = bytes[at] ?? 0;
    const isFirst = byte < 0x80 || byte >= 0xc0;
    if (isFirst) return at + lengthOfCharacter(byte) > bytes.length ? at : bytes.length;
  }
  return bytes.length;
}

/** In bytes, by the first of them. */
const lengthOfCharacter = (first: number): number => (first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4);

/** From 0. */
function lineOfWrongByte(piece: Buffer): number {
  let line = 0;
  let from = 0;
  for (let to = piece.indexOf(lineFeed); to !== -1; to = piece.indexOf(lineFeed, from)) {
    if (!isUtf8(piece.subarray(from, to))) break;
    line += 1;
    from = to + 1;
  }
  return line;
}
