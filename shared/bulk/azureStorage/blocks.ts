import type { Bytes } from '../stores.ts';

/** Bytes that are sent or asked for with one request. */
export const blockBytes = 512 * 1024;

/** Memory for blocks that nobody is using, and how much of it is kept. */
const free: Buffer[] = [];
const maxFree = 16;

const take = (): Buffer => free.pop() ?? Buffer.allocUnsafeSlow(blockBytes);
const give = (memory: Buffer): void => {
  if (free.length < maxFree) free.push(memory);
};

/**
 * Bytes in blocks of one size; the last one is what is left, and may be empty. All blocks are filled in the same memory, which is used again
 * when the next one is asked for: a file of any size takes no more than one block.
 */
export async function* inBlocks(bytes: Bytes): AsyncGenerator<{ block: Buffer; isLast: boolean }> {
  const memory = take();
  let filled = 0;
  for await (const piece of bytes) {
    for (let at = 0; at < piece.length;) {
      if (filled === blockBytes) {
        yield { block: memory, isLast: false };
        filled = 0;
      }
      const part = piece.subarray(at, at + blockBytes - filled);
      memory.set(part, filled);
      filled += part.length;
      at += part.length;
    }
  }
  yield { block: memory.subarray(0, filled), isLast: true };
  // Not reached by whoever leaves early, as when a request fails: it might still be reading the block.
  give(memory);
}

/** Blocks of at most {@link blockBytes} that come in pieces, each put together in memory that is used again like that above. */
export async function* fromBlocks(blocks: AsyncIterable<Bytes>): AsyncGenerator<Uint8Array> {
  const memory = take();
  try {
    for await (const block of blocks) {
      let filled = 0;
      for await (const piece of block) {
        memory.set(piece, filled);
        filled += piece.length;
      }
      yield memory.subarray(0, filled);
    }
  } finally {
    give(memory);
  }
}
