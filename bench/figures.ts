/** Whether a bar holds, as the last column says it; nothing where there is none, or nothing was measured. */
export function verdict(value: number, holds: ((value: number) => boolean) | undefined): string {
  if (!holds || Number.isNaN(value)) return '';
  return holds(value) ? 'ok' : 'miss';
}

/** A number with thousands set apart, or a dash for one that could not be measured here. */
export const shown = (value: number, digits: number, unit = ''): string =>
  Number.isNaN(value)
    ? '–'
    : `${value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}${unit}`;
