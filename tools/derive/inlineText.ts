import type { Token } from 'markdown-it';

/** A link of a page, as `[text](href)`. */
export interface Link {
  text: string;
  href: string;
  line: number;
}

/** Runs of white space, non-breaking spaces included, become one space. */
export const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();

const textOf = (token: Token): string => {
  if (token.type === 'text' || token.type === 'code_inline') return token.content;
  if (token.type === 'image') return plain(token.children ?? []);
  return token.type.endsWith('break') || token.type === 'html_inline' ? ' ' : '';
};
const plain = (tokens: readonly Token[]): string => tokens.map(textOf).join('');

/** What a reader sees of a piece of inline Markdown: no code marks, no emphasis, no addresses. */
export const inlineText = (inline: Token): string => tidy(plain(inline.children ?? []));

/** The links in a piece of inline Markdown that begins on `line`. */
export function inlineLinks(inline: Token, line: number): Link[] {
  const links: Link[] = [];
  const tokens = inline.children ?? [];
  let at = line;
  for (const [index, token] of tokens.entries()) {
    if (token.type.endsWith('break')) at += 1;
    if (token.type !== 'link_open') continue;
    const close = tokens.findIndex((other, later) => later > index && other.type === 'link_close');
    links.push({ text: tidy(plain(tokens.slice(index, close))), href: token.attrGet('href') ?? '', line: at });
  }
  return links;
}
