/** Lines of text columns with a rule below the first; the leftmost column is set to the left, the others to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    widths.map((width, i) => (i === 0 ? (row[i] ?? '').padEnd(width) : (row[i] ?? '').padStart(width))).join('   ');
  return [head, widths.map((width) => '-'.repeat(width)), ...rows].map((row) => line(row).trimEnd());
}
