/** An address, and what may stand behind it: `$ref`, `$count`, the name of a type, a type and `$count`. */
export interface Stem {
  path: string;
  ends: string[][];
}

/** The addresses of an operation, those together that differ only in how they end. */
export function stemsOf(paths: readonly string[]): Stem[] {
  const stems: Stem[] = [];
  for (const path of [...paths].sort((one, other) => one.length - other.length)) {
    const stem = stems.find(
      (known) => path.startsWith(`${known.path}/`) && !path.slice(known.path.length).includes('{'),
    );
    if (stem) stem.ends.push(path.slice(stem.path.length + 1).split('/'));
    else stems.push({ path, ends: [] });
  }
  return stems.sort((one, other) => paths.indexOf(one.path) - paths.indexOf(other.path));
}

/** The words that may stand at a place behind a stem, in every spelling: `microsoft.graph.user` may be written `graph.user`. */
export const wordsAt = ({ ends }: Stem, place: number): string[] =>
  [...new Set(ends.flatMap((end) => end[place] ?? []))].flatMap((word) =>
    word.startsWith('microsoft.') ? [word, word.replace('microsoft.', '')] : [word],
  );
