import { createHash } from 'node:crypto';
import type { Query } from './query.ts';
import { refuseQuery } from './queryErrors.ts';
import type { Key } from './syntax.ts';

/**
 * The last object of a page: the key that the list is ordered by, and the object's own place in the directory, which is never
 * given to another one. What follows is found again whatever was added or removed.
 */
export interface Position {
  key: Key;
  position: number;
}

/** The parts of a query that a token belongs to. */
export type Listed = Pick<Query, 'filter' | 'orderby' | 'search'>;

/** Written into every token; other versions are refused. */
const version = 1;

const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 11);

const fingerprint = ({ filter, orderby, search }: Listed): string => digest([filter ?? null, orderby, search ?? null]);

/** The `$skiptoken` of the page after a position. */
export function writeSkiptoken(query: Listed, { key, position }: Position): string {
  const content = [version, fingerprint(query), position, key];
  return Buffer.from(JSON.stringify([...content, digest(content)])).toString('base64url');
}

/**
 * Where the page of a query begins; undefined for the first one.
 * @throws GraphError Directory_ExpiredPageToken when the token was not made here, or for another query
 */
export function readSkiptoken(query: Listed & Pick<Query, 'skiptoken'>): Position | undefined {
  if (query.skiptoken === undefined) return undefined;
  const content = contentOf(query.skiptoken);
  const [, owner, position, key] = content.slice(0, -1);
  if (content[0] !== version || content.at(-1) !== digest(content.slice(0, -1))) {
    throw refuse('It was changed, or made by another version: follow @odata.nextLink as it is.');
  }
  if (owner !== fingerprint(query)) {
    throw refuse('It belongs to another query: $filter, $orderby and $search must stay as they were.');
  }
  return { key: key as Key, position: position as number };
}

function contentOf(token: string): unknown[] {
  const text = Buffer.from(token, 'base64url').toString();
  try {
    const content: unknown = JSON.parse(text);
    return Array.isArray(content) ? content : [];
  } catch (cause) {
    throw refuse('It was not made here: follow @odata.nextLink as it is.', cause);
  }
}

const refuse = (hint: string, cause?: unknown): Error =>
  refuseQuery(
    'Directory_ExpiredPageToken',
    'The specified page token value has expired and can no longer be included in your request.',
    { option: '$skiptoken' },
    hint,
    cause,
  );
