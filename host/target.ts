import type { IncomingMessage } from 'node:http';
import { headerValue } from './requestHeaders.ts';

/** A request target, split and decoded as Kestrel does it. */
export interface Target {
  /** Decoded once, with dot segments resolved; `%2F` stays as it is. */
  readonly path: string;
  /** As sent, with its question mark; empty without a query. */
  readonly query: string;
}

/** An answer without a function: the connection is closed after it. */
export interface Refusal {
  readonly status: number;
  readonly allow?: string;
}

const maxHeaders = 100;
/** Characters of the request line with its line end. */
const maxRequestLine = 8192;

/**
 * Reads a request's head as far as Kestrel checks it before any routing.
 * Source: aspnetcore src/Servers/Kestrel/Core/src/Internal/Http/Http1Connection.cs and KestrelServerLimits.cs
 */
export function readTarget({
  method = '',
  url = '',
  rawHeaders,
  headers,
  httpVersion,
}: IncomingMessage): Target | Refusal {
  if (rawHeaders.length > 2 * maxHeaders) return { status: 431 };
  if (`${method} ${url} HTTP/1.1\r\n`.length > maxRequestLine) return { status: 414 };
  if (!/^(?:chunked)?$/i.test(headers['transfer-encoding'] ?? '')) return { status: 400 };
  const host = headerValue(rawHeaders, 'host');
  if (!host) return { status: host === '' || httpVersion === '1.0' ? 500 : 400 };
  if (!/^(?:[\w.~!$&'()*+,;=-]+|\[[\da-f:.]+\])(?::\d+)?$/i.test(host) || /[^!-~]/.test(url)) return { status: 400 };
  if (url.startsWith('/')) return split(url);
  if (url === '*') return method === 'OPTIONS' ? { status: 404 } : { status: 405, allow: 'OPTIONS' };
  const [start = '', authority] = /^https?:\/\/([^/?]*)\/?/i.exec(url) ?? [];
  return authority === host ? split(`/${url.slice(start.length)}`) : { status: 400 };
}

function split(url: string): Target | Refusal {
  const end = url.indexOf('?');
  const path = end === -1 ? url : url.slice(0, end);
  const query = end === -1 ? '' : url.slice(end);
  if (!/%|\/\./.test(path)) return { path, query };
  return path.includes('%00') ? { status: 400 } : { path: withoutDotSegments(decoded(path)), query };
}

/** Escapes of whole UTF-8 characters; what is none of these, or no valid one, stays as it is. */
const escapes =
  /%(?!2f)[0-7][\da-f]|%[cd][\da-f]%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-7](?:%[89ab][\da-f]){3}/gi;

function decoded(path: string): string {
  return path.replace(escapes, (escape) => {
    try {
      return decodeURIComponent(escape);
    } catch {
      return escape;
    }
  });
}

function withoutDotSegments(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/');
  for (const [i, segment] of segments.entries()) {
    const isDots = segment === '.' || segment === '..';
    if (segment === '..' && kept.length > 1) kept.pop();
    if (!isDots) kept.push(segment);
    else if (i === segments.length - 1) kept.push('');
  }
  return kept.join('/');
}

/** The absolute URL that a handler sees: path encoded anew, escapes left in it kept, query as sent but for four characters. */
export function toUrl(scheme: 'http' | 'https', host: string, { path, query }: Target): string {
  const pathname = path.replace(/%(?![\da-f]{2})|[^\w\-.~!$&'()*+,;=:@/%]+/gi, encodeURIComponent);
  const search = query.replace(/['"<>]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const usual = scheme === 'https' ? /:443$/ : /:80$/;
  return `${scheme}://${host.toLowerCase().replace(usual, '')}${pathname}${search}`;
}
