/** A whole number as people read it: `12,345`. */
export const number = (value: number): string => value.toLocaleString('en-US');

/** A time in seconds as people say it: `4 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  const minutes = Math.floor(whole / 60);
  if (minutes === 0) return `${whole} s`;
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Two columns, the words to the left and the numbers to the right. */
export function table(rows: readonly (readonly [string, number])[]): string {
  const texts = rows.map(([word, value]) => [word, number(value)] as const);
  const left = Math.max(...texts.map(([word]) => word.length));
  const right = Math.max(...texts.map(([, value]) => value.length));
  return texts.map(([word, value]) => `  ${word.padEnd(left)}  ${value.padStart(right)}`).join('\n');
}
