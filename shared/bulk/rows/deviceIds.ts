import { maxRows } from './limits.ts';

/** Which deviceIds a manifest has had so far. */
export interface DeviceIds {
  /** Notes where a deviceId stands, a row from 1 to {@link maxRows}; @returns the row that has had it before */
  add(deviceId: string, row: number): number | undefined;
  /** Forgets them all and gives their memory back at once, not when the garbage collector comes by. */
  release(): void;
}

/** Words of 32 bits of a deviceId, and its bytes. */
const idWords = 4;
const idBytes = 16;
/** Bytes by which the memory of deviceIds grows. */
const growthBytes = 1 << 20;
/** Slots of the table, all of them at once: a fifth stays free, and memory that nobody has written to takes none. */
const slotCount = maxRows * 1.25;

/**
 * A hash table in typed arrays, 21 bytes for each of a million rows; no strings are kept. Its memory grows where it is, and goes back to the
 * system as a whole.
 * The hash has secrets, so that nobody can prepare deviceIds that collide.
 */
export function deviceIds(): DeviceIds {
  /** The deviceId of each row. */
  const idMemory = new ArrayBuffer(0, { maxByteLength: Math.ceil((maxRows * idBytes) / growthBytes) * growthBytes });
  const ids = new Uint32Array(idMemory);
  /** Rows, each at the place that the hash of its deviceId says, or at the next free one. */
  const slotMemory = new ArrayBuffer(4 * slotCount, { maxByteLength: 4 * slotCount });
  const slots = new Uint32Array(slotMemory);
  const secrets = crypto.getRandomValues(new Uint32Array(5));

  const idOf = (row: number): Uint32Array => ids.subarray((row - 1) * idWords, row * idWords);
  const hash = (words: Uint32Array): number => {
    let sum = secrets[4] ?? 0;
    for (let at = 0; at < idWords; at += 1) {
      sum = Math.imul(sum ^ (words[at] ?? 0), (secrets[at] ?? 0) | 1);
      sum ^= sum >>> 15;
    }
    return sum >>> 0;
  };
  /** The slot of these words, or the free one where they belong. */
  const slotOf = (words: Uint32Array): number => {
    let slot = Math.floor((hash(words) / 2 ** 32) * slotCount);
    for (let row = slots[slot]; row; row = slots[slot]) {
      if (isSame(idOf(row), words)) return slot;
      slot = slot + 1 === slotCount ? 0 : slot + 1;
    }
    return slot;
  };

  return {
    add(deviceId, row) {
      const words = toWords(deviceId);
      const slot = slotOf(words);
      const earlier = slots[slot];
      if (earlier) return earlier;
      while (ids.length < row * idWords) idMemory.resize(idMemory.byteLength + growthBytes);
      ids.set(words, (row - 1) * idWords);
      slots[slot] = row;
      return undefined;
    },
    release() {
      idMemory.resize(0);
      slotMemory.resize(0);
    },
  };
}

const isSame = (id: Uint32Array, words: Uint32Array): boolean =>
  id[0] === words[0] && id[1] === words[1] && id[2] === words[2] && id[3] === words[3];

const toWords = (deviceId: string): Uint32Array =>
  Uint32Array.of(
    Number.parseInt(deviceId.slice(0, 8), 16),
    Number.parseInt(deviceId.slice(9, 13) + deviceId.slice(14, 18), 16),
    Number.parseInt(deviceId.slice(19, 23) + deviceId.slice(24, 28), 16),
    Number.parseInt(deviceId.slice(28), 16),
  );
