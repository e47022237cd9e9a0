import { parseJson } from './json.ts';
import type { Block } from './outline.ts';
import type { Report } from './pageErrors.ts';

export const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];

export type Header = [name: string, value: string];

/** A whole HTTP message as an example block shows it. */
export interface HttpMessage {
  /** Line of the page on which the first line stands. */
  line: number;
  /** The request line or status line. */
  start: string;
  headers: Header[];
  /** What follows the blank line, byte for byte, without line ends at its end; undefined where nothing follows. */
  body?: string;
}

/** @returns undefined when the block holds no message or one that is wrong; that was reported */
export function readHttpMessage(block: Block, report: Report): HttpMessage | undefined {
  const lines = block.content.replace(/\n+$/, '').split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first < 0) {
    report.error(block.line, 'this block is empty');
    return undefined;
  }
  const blank = lines.findIndex((line, index) => index > first && line.trim() === '');
  const headerLines = lines.slice(first + 1, blank < 0 ? undefined : blank);
  const headers: Header[] = [];
  for (const [index, text] of headerLines.entries()) {
    const [, name, value] = /^([A-Za-z0-9-]+):\s*(.*?)\s*$/.exec(text) ?? [];
    if (name === undefined || value === undefined) {
      report.error(block.line + first + 1 + index, `"${text.trim()}" is no header; a blank line goes before the body`);
      return undefined;
    }
    headers.push([name, value]);
  }
  const message: HttpMessage = { line: block.line + first, start: (lines[first] ?? '').trim(), headers };
  const body = blank < 0 ? '' : lines.slice(blank + 1).join('\n');
  if (body.trim() === '') return message;
  if (isJson(headers)) {
    const parsed = parseJson(body);
    if ('fault' in parsed) {
      report.error(block.line + blank + 1 + parsed.fault.line, `body is not JSON: ${parsed.fault.message}`);
      return undefined;
    }
  }
  return { ...message, body };
}

export const headerValue = (headers: readonly Header[], name: string): string | undefined =>
  headers.find(([other]) => other.toLowerCase() === name)?.[1];

/** A body is JSON unless its content type says otherwise. */
export const isJson = (headers: readonly Header[]): boolean =>
  /\bjson\b/i.test(headerValue(headers, 'content-type') ?? 'json');
