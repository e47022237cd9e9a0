import { readFileSync } from 'node:fs';
import { StartError } from './startError.ts';

/**
 * Reads a JSON file whose root is an object.
 * @returns undefined when there is no such file
 * @throws StartError naming file, line and column of a mistake
 */
export function readJsonFile(path: string): Record<string, unknown> | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new StartError(`${path} cannot be read: ${message}`);
  }
  const failed = failureOf(text);
  if (failed) {
    const before = text.slice(0, failed.at);
    const line = before.split('\n').length;
    const column = before.length - before.lastIndexOf('\n');
    throw new StartError(`${path}:${line}:${column} is not JSON: ${failed.message}`);
  }
  const value = JSON.parse(text) as unknown;
  if (!isObject(value)) throw new StartError(`${path}:1:1 must hold an object.`);
  return value;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What V8 says about the text, and where, as an index. */
function failureOf(text: string): { message: string; at: number } | undefined {
  const message = messageOf(text);
  if (message === undefined) return undefined;
  const position = /at position (\d+)/.exec(message)?.[1];
  return {
    message: message.replace(/ (?:in|after) JSON at position.*|, (?:\.\.\.)?".*/s, ''),
    at: position === undefined ? unexpectedAt(text) : Number(position),
  };
}

/** V8 gives no position for "Unexpected token": the first prefix of the text that fails so ends with it. */
function unexpectedAt(text: string): number {
  for (let end = 1; end <= text.length; end++) {
    if (messageOf(text.slice(0, end))?.startsWith('Unexpected token')) return end - 1;
  }
  return text.length;
}

function messageOf(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (thrown) {
    return (thrown as Error).message;
  }
}
