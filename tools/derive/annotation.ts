import { isObject, parseJson } from './json.ts';
import type { Report } from './pageErrors.ts';

/** The JSON object in the comment before a block; it says what the block is. */
export interface Annotation {
  line: number;
  blockType: string;
  /** Everything the object holds, `blockType` included. */
  values: Record<string, unknown>;
}

const blockTypes = ['request', 'response', 'resource', 'example', 'ignored'];

/**
 * Reads an HTML comment that begins on `line`.
 * @returns undefined for a comment that is no annotation of a block, and for one that is wrong and was reported
 */
export function readAnnotation(html: string, line: number, report: Report): Annotation | undefined {
  const start = /^\s*<!--\s*(?=\{)/.exec(html)?.[0];
  const end = html.indexOf('-->');
  if (start === undefined || end < 0) return undefined;
  const parsed = parseJson(html.slice(start.length, end));
  if ('fault' in parsed) {
    const at = line + start.split('\n').length - 1 + parsed.fault.line;
    report.error(at, `annotation is not JSON: ${parsed.fault.message}`);
    return undefined;
  }
  const values = isObject(parsed.value) ? parsed.value : {};
  if (String(values.type).startsWith('#page.')) return undefined;
  const blockType = String(values.blockType);
  if (!blockTypes.includes(blockType)) {
    report.error(line, `annotation has no blockType out of ${blockTypes.join(', ')}`);
    return undefined;
  }
  return { line, blockType, values };
}

/** A text of the annotation, undefined where it is missing or something else. */
export const annotated = (annotation: Annotation | undefined, key: string): string | undefined => {
  const value = annotation?.values[key];
  return typeof value === 'string' ? value : undefined;
};
