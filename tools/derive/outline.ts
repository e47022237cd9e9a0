import MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';
import { readAnnotation } from './annotation.ts';
import type { Annotation } from './annotation.ts';
import { inlineLinks, inlineText } from './inlineText.ts';
import type { Link } from './inlineText.ts';
import type { Report } from './pageErrors.ts';
import { readTable } from './table.ts';
import type { Table } from './table.ts';

export interface Paragraph {
  line: number;
  text: string;
  links: Link[];
}
/** A fenced block with the annotation that stands directly before it; `line` is that of its first line of content. */
export interface Block {
  line: number;
  content: string;
  annotation: Annotation;
}
/** What stands between two headings of the second level; the part before the first of them has the name ''. */
export interface Section {
  /** Lower case: pages differ in it. */
  name: string;
  line: number;
  paragraphs: Paragraph[];
  tables: Table[];
  blocks: Block[];
}
/** What a text consists of. */
export interface Outline {
  /** Whether a fence or comment is never closed, so that what follows is no part of the outline. */
  isCut: boolean;
  title?: { text: string; line: number };
  headings: string[];
  sections: Section[];
  links: Link[];
}

const markdown = new MarkdownIt({ html: true });

/** Reads Markdown into sections of paragraphs, tables and annotated blocks, each with its line. */
export function readOutline(body: string, report: Report): Outline {
  const lines = body.split('\n');
  const tokens = markdown.parse(body, {});
  let section: Section = { name: '', line: 1, paragraphs: [], tables: [], blocks: [] };
  const outline: Outline = { isCut: false, headings: [], sections: [section], links: [] };
  let heading = '';
  let line = 1;
  for (const [index, token] of tokens.entries()) {
    if (token.map) line = token.map[0] + 1;
    const next = tokens[index + 1];
    if (token.type === 'heading_open' && next && !isTab(next)) {
      heading = inlineText(next);
      outline.headings.push(`${token.markup} ${heading}`);
      if (token.tag === 'h1') outline.title ??= { text: heading, line };
      if (token.tag === 'h2') {
        section = { name: heading.toLowerCase(), line, paragraphs: [], tables: [], blocks: [] };
        outline.sections.push(section);
      }
    } else if (token.type === 'paragraph_open' && next) {
      section.paragraphs.push({ line, text: inlineText(next), links: inlineLinks(next, line) });
      const broken = next.content.split('\n').findIndex((row) => /^\|?[ \t]*:?-{2,}:?[ \t]*\|/.test(row));
      if (broken > 0) report.error(line + broken, 'this table has not as many dashes as headers, so it is none');
    } else if (token.type === 'table_open') {
      section.tables.push(readTable(tokens, index, heading, lines, report));
    } else if (token.type === 'inline') {
      outline.links.push(...inlineLinks(token, line));
    } else if (token.type === 'html_block') {
      const annotation = readAnnotation(token.content, line, report);
      if (annotation && next?.type === 'fence') {
        section.blocks.push({ annotation, line: (next.map?.[0] ?? 0) + 2, content: next.content });
      } else if (annotation) {
        report.error(line, 'annotation without a block after it');
      }
    }
    const open = openedBy(token, lines);
    if (open !== undefined) report.error(line, `this ${open}`);
    outline.isCut ||= open !== undefined;
  }
  return outline;
}

/** `# [HTTP](#tab/http)` is a tab of an example, not a title. */
const isTab = (inline: Token): boolean => inlineLinks(inline, 0).some((link) => link.href.startsWith('#tab/'));

/** What a token opens and the page never closes; undefined where all is closed. */
function openedBy({ content, map, markup, type }: Token, lines: readonly string[]): string | undefined {
  const isComment = type === 'html_block' && /^\s*<!--/.test(content);
  // A comment that reaches the next one was never closed either.
  if (isComment && !/^\s*<!--(?:(?!<!--)[^])*?-->/.test(content)) return 'comment is never closed with -->';
  if (type !== 'fence') return undefined;
  const [start, end] = map ?? [0, 0];
  const last = (lines[end - 1] ?? '').replace(/^[\s>]*/, '').trimEnd();
  const isClosed = end - start > 1 && last.startsWith(markup) && new Set(last).size === 1;
  return isClosed ? undefined : `block is never closed with ${markup}`;
}
