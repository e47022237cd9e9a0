import { parseDocument } from 'yaml';
import type { Report } from './pageErrors.ts';

/**
 * Takes the YAML between the leading `---` lines off a page.
 * @returns what the page says it is (`doc_type`), and the text with blank lines in place of the YAML, so that line
 * numbers stay; no text when the YAML is never closed, which was reported
 */
export function takeFrontMatter(text: string, report: Report): { docType?: string; body?: string } {
  if (!/^---[ \t]*\n[A-Za-z_.]+:/.test(text)) return { body: text };
  const match = /^---[ \t]*\n(.*?\n)---[ \t]*(?:\n|$)/s.exec(text);
  if (!match) {
    report.error(1, 'front matter is never closed with ---');
    return {};
  }
  const yaml = parseDocument(match[1] ?? '', { logLevel: 'silent' });
  for (const { linePos, message } of yaml.errors) {
    report.error((linePos?.[0].line ?? 0) + 1, `front matter is not YAML: ${message.split('\n')[0] ?? ''}`);
  }
  const docType: unknown = yaml.get('doc_type');
  const body = '\n'.repeat(match[0].split('\n').length - 1) + text.slice(match[0].length);
  return typeof docType === 'string' ? { docType, body } : { body };
}
