const form = /^(?:(\d+)\.)?([01]?\d|2[0-3]):([0-5]?\d)(?::([0-5]?\d)(?:\.(\d{1,7}))?)?$/;

/**
 * A .NET TimeSpan as text: `hh:mm`, `hh:mm:ss` or `d.hh:mm:ss`, with up to seven decimals.
 * @returns milliseconds, or undefined when it is none
 */
export function parseTimeSpan(text: unknown): number | undefined {
  const match = typeof text === 'string' ? form.exec(text.trim()) : null;
  if (!match) return undefined;
  const [, days = 0, hours, minutes, seconds = 0, fraction = 0] = match;
  const wholeSeconds = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  return wholeSeconds * 1000 + Math.round(Number(`0.${String(fraction)}`) * 1000);
}
