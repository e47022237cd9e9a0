import type { BulkParts } from './parts.ts';

type PaceParts = Pick<BulkParts, 'turns' | 'writesPer150s' | 'now' | 'random' | 'wait'>;

/** Milliseconds from one write to the next; 0 without bounds. */
export const intervalMs = ({ writesPer150s }: Pick<BulkParts, 'writesPer150s'>): number =>
  writesPer150s === 0 ? 0 : 150_000 / writesPer150s;

/**
 * Takes a turn for some writes. All jobs and instances share the turns, so that in no 150 seconds there are more writes than allowed.
 * @returns milliseconds until the turn comes
 */
export async function takeTurn(parts: PaceParts, writes: number): Promise<number> {
  const interval = intervalMs(parts);
  if (interval === 0) return 0;
  for (;;) {
    const { at, etag } = await parts.turns.read();
    const now = parts.now().getTime();
    const begin = Math.max(now, at);
    if (await parts.turns.write(begin + writes * interval, etag)) return begin - now;
    await parts.wait(parts.random() * 100);
  }
}
