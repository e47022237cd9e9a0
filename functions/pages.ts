import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { toContent, type Content } from './bindings/content.ts';

/** Beside this file's folder, in the sources as in what is built. */
const folder = new URL('../pages/', import.meta.url);

const mediaTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The page loads nothing from elsewhere, runs no script but its own, and stands in nobody's frame. */
const headers = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
};

const alreadyRead = new Map<string, Content>();

/**
 * A file of the explorer, read at its first visit.
 * @param name one of `pages/`; the route lets no other through
 */
export async function readPage(name: string): Promise<Content> {
  const known = alreadyRead.get(name);
  if (known) return known;
  const text = await readFile(fileURLToPath(new URL(name, folder)), 'utf8');
  const mediaType = mediaTypes[name.replace(/^.*\./, '')] ?? 'text/plain';
  const content = toContent(mediaType, text, name.endsWith('.html') ? headers : undefined);
  alreadyRead.set(name, content);
  return content;
}
