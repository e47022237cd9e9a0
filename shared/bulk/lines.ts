import type { Bytes } from './stores.ts';

/** The lines of a text in UTF-8, without their ends, each with the number of bytes that it takes with it. */
export async function* linesOf(bytes: Bytes): AsyncGenerator<{ text: string; size: number }> {
  let held: Uint8Array[] = [];
  for await (const chunk of bytes) {
    const piece = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    let start = 0;
    for (let end = piece.indexOf(lineFeed); end !== -1; end = piece.indexOf(lineFeed, start)) {
      if (held.length > 0) {
        const line = Buffer.concat([...held, piece.subarray(0, end)]);
        yield { text: line.toString(), size: line.length + 1 };
        held = [];
      } else {
        yield { text: piece.toString('utf8', start, end), size: end + 1 - start };
      }
      start = end + 1;
    }
    if (start < piece.length) held.push(Buffer.from(piece.subarray(start)));
  }
  const rest = Buffer.concat(held);
  if (rest.length > 0) yield { text: rest.toString(), size: rest.length };
}

const lineFeed = 10;

/** Texts as bytes, in pieces that are worth a request. */
export async function* toBytes(texts: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Uint8Array> {
  let pieces: string[] = [];
  let length = 0;
  for await (const text of texts) {
    pieces.push(text);
    length += text.length;
    if (length < pieceLength) continue;
    yield Buffer.from(pieces.join(''));
    pieces = [];
    length = 0;
  }
  if (length > 0) yield Buffer.from(pieces.join(''));
}

const pieceLength = 64 * 1024;

/** All of it, copied: a piece holds only until the next one is asked for. */
export async function wholeOf(bytes: Bytes): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of bytes) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}
