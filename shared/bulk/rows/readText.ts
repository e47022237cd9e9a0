import { isUtf8 } from 'node:buffer';
import { ManifestError } from './manifestError.ts';
import { countLineEnds } from './textLines.ts';

/** Bytes that are worked on at once, however large the chunks are in which they come. */
const pieceBytes = 64 * 1024;
/** How many bytes tell what kind of file it is. */
const signatureBytes = 4;

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
 * All that is before a mistake comes before the error, so that chunks make no difference.
 * @throws ManifestError when it is another kind of file, or not UTF-8
 */
export async function* readText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let held: Buffer = Buffer.alloc(0);
  let line = 1;
  let isStart = true;
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += pieceBytes) {
      const part = chunk.subarray(at, at + pieceBytes);
      let piece: Buffer =
        held.length > 0 ? Buffer.concat([held, part]) : Buffer.from(part.buffer, part.byteOffset, part.length);
      let end = 0;
      if (!isStart || piece.length >= signatureBytes) {
        if (isStart) piece = withoutSignature(piece);
        isStart = false;
        end = wholeLength(piece);
      }
      held = Buffer.from(piece.subarray(end));
      if (end > 0) line += yield* decode(piece.subarray(0, end), line);
    }
  }
  if (isStart) held = withoutSignature(held);
  if (held.length > 0) yield* decode(held, line);
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

/** Yields the text of whole characters; @returns how many lines end in it */
function* decode(piece: Buffer, line: number): Generator<string, number> {
  const valid = isUtf8(piece) ? piece : piece.subarray(0, validLength(piece));
  const nul = valid.indexOf(0);
  const text = valid.toString('utf8', 0, nul === -1 ? valid.length : nul).replaceAll(/\r\n?/g, '\n');
  const lineEnds = countLineEnds(text);
  if (text !== '') yield text;
  if (nul !== -1) {
    throw new ManifestError('The file holds a NUL character: it is binary, not text.', { line: line + lineEnds });
  }
  if (valid !== piece) {
    throw new ManifestError('The text is not UTF-8; save the file as "CSV UTF-8".', { line: line + lineEnds });
  }
  return lineEnds;
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

/** How many bytes there are before the first that is not UTF-8. */
function validLength(bytes: Buffer): number {
  let end = 0;
  while (end < bytes.length) {
    const next = end + lengthOfCharacter(bytes[end] ?? 0);
    if (!isUtf8(bytes.subarray(end, next))) break;
    end = next;
  }
  return end;
}
