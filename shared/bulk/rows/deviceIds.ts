/** Which deviceIds a manifest has had so far. */
export interface DeviceIds {
  /** Notes where a deviceId stands; @returns the row that has had it before */
  add(deviceId: string, row: number): number | undefined;
}

/** Words of 32 bits: four of the deviceId, then the row. */
const entryWords = 5;
/** Entries of one block; there are blocks instead of one array, so that growing copies none of them. */
const blockEntries = 1 << 16;

/**
 * A hash table in typed arrays, 28 bytes for each of a million deviceIds; no strings are kept.
 * The hash has secrets, so that nobody can prepare deviceIds that collide.
 */
export function deviceIds(): DeviceIds {
  const blocks: Uint32Array[] = [];
  const secrets = crypto.getRandomValues(new Uint32Array(5));
  let count = 0;
  /** Number of an entry from 1, at the place that its hash says, or at the next free one; never more than half full. */
  let slots = new Uint32Array(1 << 10);

  const blockOf = (entry: number): Uint32Array => {
    const index = Math.floor(entry / blockEntries);
    return (blocks[index] ??= new Uint32Array(blockEntries * entryWords));
  };
  const wordsOf = (entry: number): Uint32Array => {
    const start = (entry % blockEntries) * entryWords;
    return blockOf(entry).subarray(start, start + entryWords);
  };
  const hash = (words: Uint32Array): number => {
    let sum = secrets[4] ?? 0;
    for (let at = 0; at < 4; at += 1) {
      sum = Math.imul(sum ^ (words[at] ?? 0), (secrets[at] ?? 0) | 1);
      sum ^= sum >>> 15;
    }
    return sum;
  };
  /** The slot of these words, or the free one where they belong. */
  const slotOf = (words: Uint32Array): number => {
    const mask = slots.length - 1;
    let slot = hash(words) & mask;
    for (let entry = slots[slot]; entry; entry = slots[slot]) {
      if (isSame(wordsOf(entry - 1), words)) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  };
  const grow = (): void => {
    slots = new Uint32Array(slots.length * 2);
    for (let entry = 0; entry < count; entry += 1) slots[slotOf(wordsOf(entry))] = entry + 1;
  };

  return {
    add(deviceId, row) {
      const words = toWords(deviceId);
      const slot = slotOf(words);
      const known = slots[slot];
      if (known) return wordsOf(known - 1)[4];
      const entry = wordsOf(count);
      entry.set(words);
      entry[4] = row;
      count += 1;
      slots[slot] = count;
      if (count * 2 > slots.length) grow();
      return undefined;
    },
  };
}

const isSame = (entry: Uint32Array, words: Uint32Array): boolean =>
  entry[0] === words[0] && entry[1] === words[1] && entry[2] === words[2] && entry[3] === words[3];

const toWords = (deviceId: string): Uint32Array =>
  Uint32Array.of(
    Number.parseInt(deviceId.slice(0, 8), 16),
    Number.parseInt(deviceId.slice(9, 13) + deviceId.slice(14, 18), 16),
    Number.parseInt(deviceId.slice(19, 23) + deviceId.slice(24, 28), 16),
    Number.parseInt(deviceId.slice(28), 16),
  );
