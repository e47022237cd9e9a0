import type { ClientProcess } from './clientProcess.ts';
import type { ServerProcess } from './serverProcess.ts';
import { measureSlice, type Slice, type SliceOptions } from './slice.ts';

export interface PairsOptions extends SliceOptions {
  readonly warmUpSeconds: number;
  readonly rounds: number;
}

/** Two slices right after each other, so that whatever else the machine does meets both. */
export interface Pair {
  readonly bare: Slice;
  readonly ours: Slice;
}

export interface Pairs {
  readonly pairs: readonly Pair[];
  /** Requests that ours answered, in the warm-up as well. */
  readonly answered: number;
}

/**
 * Loads both servers in turns, in another order each round; they never work at the same time.
 * @param tell takes a line about each round
 */
export async function measurePairs(
  { warmUpSeconds, rounds, ...slice }: PairsOptions,
  { bare, ours }: { bare: ServerProcess; ours: ServerProcess },
  client: ClientProcess,
  tell: (line: string) => void,
): Promise<Pairs> {
  await measureSlice(bare, client, { ...slice, seconds: warmUpSeconds });
  let { answered } = await measureSlice(ours, client, { ...slice, seconds: warmUpSeconds });
  const pairs: Pair[] = [];
  for (let round = 1; round <= rounds; round++) {
    const first = await measureSlice(round % 2 === 1 ? bare : ours, client, slice);
    const second = await measureSlice(round % 2 === 1 ? ours : bare, client, slice);
    const pair = round % 2 === 1 ? { bare: first, ours: second } : { bare: second, ours: first };
    pairs.push(pair);
    answered += pair.ours.answered;
    tell(line(`${slice.ids ? 'reads' : 'creates'}, round ${round} of ${rounds}`, pair));
  }
  return { pairs, answered };
}

const line = (name: string, { bare, ours }: Pair): string =>
  `${name}: ${Math.round(bare.perSecond)} bare, ${Math.round(ours.perSecond)} ours per second, ` +
  `ratio ${(ours.perSecond / bare.perSecond).toFixed(2)}`;
