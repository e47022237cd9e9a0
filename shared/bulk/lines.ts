import type { Bytes } from './stores.ts';

/** The lines of a text in UTF-8, without their ends, each with the number of bytes that it takes with it. */
export async function* linesOf(bytes: Bytes): AsyncGenerator<{ text: string; size: number }> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes) {
    const piece = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk]);
    let start = 0;
    for (let end = piece.indexOf(lineFeed); end !== -1; end = piece.indexOf(lineFeed, start)) {
      yield { text: piece.toString('utf8', start, end), size: end + 1 - start };
      start = end + 1;
    }
    held = piece.subarray(start);
  }
  if (held.length > 0) yield { text: held.toString(), size: held.length };
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

const pieceLength = 256 * 1024;

export async function textOf(bytes: Bytes): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
