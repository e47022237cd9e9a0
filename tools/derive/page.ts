import { takeFrontMatter } from './frontMatter.ts';
import type { Link } from './inlineText.ts';
import { readOutline } from './outline.ts';
import type { Block, Section } from './outline.ts';
import { Findings } from './pageErrors.ts';
import type { Report } from './pageErrors.ts';

/** A page as it lies in a folder; `path` is relative to the folder, with forward slashes. */
export interface PageSource {
  path: string;
  text: string;
}
/** A page that describes an operation or a resource, with a report of its own. */
export interface Page {
  path: string;
  kind: 'operation' | 'resource';
  title: string;
  titleLine: number;
  sections: Section[];
  links: Link[];
  report: Report;
}

/**
 * Reads one page, if it is one that describes something.
 * @returns undefined for a page that describes neither an operation nor a resource, whose faults are its own, and for
 * one that cannot be read to its end or has no title, which was reported
 */
export function readPage(source: PageSource, findings: Findings): Page | undefined {
  const found = new Findings();
  const report = found.on(source.path);
  const text = source.text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const { docType, body } = takeFrontMatter(text, report);
  const outline = readOutline(body ?? '', report);
  const isCut = body === undefined || outline.isCut;
  // What is never closed swallows the headings after it: then the source itself says what the page wants to be.
  const headings = isCut ? text.split('\n').map((line) => line.trim()) : outline.headings;
  const kind = kindOf(docType, headings);
  if (!kind) return undefined;
  const { links, sections, title } = outline;
  const hasTitle = title !== undefined && /^[A-Za-z]/.test(title.text);
  if (!isCut && !hasTitle) report.error(title?.line ?? 1, 'no title: a page begins with "# Title"');
  findings.add(found);
  if (isCut || !hasTitle) return undefined;
  return {
    path: source.path,
    kind,
    title: title.text,
    titleLine: title.line,
    sections,
    links,
    report: findings.on(source.path),
  };
}

function kindOf(docType: string | undefined, headings: readonly string[]): Page['kind'] | undefined {
  const has = (heading: RegExp): boolean => headings.some((other) => heading.test(other));
  if (docType === 'apiPageType' || has(/^## http request$/i)) return 'operation';
  return docType === 'resourcePageType' || has(/^# .*resource type$/i) ? 'resource' : undefined;
}

/** The first section with this name. */
export const sectionOf = (page: Page, name: RegExp): Section | undefined =>
  page.sections.find((section) => name.test(section.name));

/** All blocks of a page that are annotated as `blockType`, in reading order. */
export const blocksOf = (page: Page, blockType: string): Block[] =>
  page.sections.flatMap(({ blocks }) => blocks.filter(({ annotation }) => annotation.blockType === blockType));

/** The first paragraph under the title, past the namespace and the notes that the docs platform includes. */
export const leadOf = (page: Page): string =>
  page.sections[0]?.paragraphs.find(({ text }) => !/^(?:Namespace:|\[!)/.test(text))?.text ?? '';
