/** Why a text is no JSON, and in which of its lines (from 0). */
export interface JsonFault {
  message: string;
  line: number;
}

/** `JSON.parse` that says in which line it stumbled. */
export function parseJson(text: string): { value: unknown } | { fault: JsonFault } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const reason = message.replace(/,? *(?:\.{3})?"[^]*is not valid JSON$| (?:in JSON )?at position[^]*$/, '');
    return { fault: { message: reason, line: faultyLine(text, position(message)) } };
  }
}

const position = (message: string): number | undefined => {
  const found = /at position (\d+)/.exec(message)?.[1];
  return found === undefined ? undefined : Number(found);
};

/** The engine does not always tell where it stumbled; then it is the first line that no later one could mend. */
function faultyLine(text: string, at: number | undefined): number {
  if (at !== undefined) return text.slice(0, at).split('\n').length - 1;
  const lines = text.trimEnd().split('\n');
  const line = lines.findIndex((_, index) => !isBeginning(lines.slice(0, index + 1).join('\n')));
  return line < 0 ? lines.length - 1 : line;
}

function isBeginning(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : '';
    return /end of JSON|unterminated/i.test(message) || (position(message) ?? -1) >= text.length;
  }
}

/** The object without some of its keys. */
export const omit = <T extends object, K extends keyof T>(object: T, ...keys: K[]): Omit<T, K> =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key as K))) as Omit<T, K>;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
