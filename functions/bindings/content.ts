import { createHash } from 'node:crypto';
import type { HttpHandler, HttpRequest } from '@azure/functions';
import { toAzure } from './http.ts';
import type { FunctionApp } from './register.ts';

/** Something to read that changes only with the app or its settings. */
export interface Content {
  mediaType: string;
  text: string;
  /** Of the text; a reader who has it already is told so. */
  etag: string;
  /** Headers of its own. */
  headers?: Readonly<Record<string, string>>;
}

export const toContent = (mediaType: string, text: string, headers?: Content['headers']): Content => ({
  mediaType,
  text,
  etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`,
  ...(headers && { headers }),
});

export const toJsonContent = (document: object): Content =>
  toContent('application/json; charset=utf-8', `${JSON.stringify(document)}\n`);

/** Registers a function that shows content to anybody; a copy may be kept, and is asked about at each use. */
export function bindContent(
  app: FunctionApp,
  name: string,
  route: string,
  read: (request: HttpRequest) => Promise<Content>,
): void {
  const handler: HttpHandler = async (request) => {
    const { mediaType, text, etag, headers } = await read(request);
    const always = { ...headers, ETag: etag, 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' };
    const known = request.headers.get('if-none-match')?.split(/\s*,\s*/) ?? [];
    // Whoever compresses on the way makes the tag a weak one.
    if (known.some((tag) => tag.replace(/^W\//, '') === etag)) return { status: 304, headers: always };
    return toAzure({ status: 200, headers: { ...always, 'Content-Type': mediaType }, text });
  };
  app.http(name, { methods: ['GET'], route, authLevel: 'anonymous', handler });
}

/** Makes something again only when what it is made of has changed since. */
export function remembered<K, V>(make: (key: K) => V): (key: K) => V {
  let last: { key: K; value: V } | undefined;
  return (key) => {
    if (last?.key !== key) last = { key, value: make(key) };
    return last.value;
  };
}
