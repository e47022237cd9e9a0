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

/** What a token belongs to: a list, and the parts of a query that decide about its order and its objects. */
export interface Listed extends Pick<Query, 'filter' | 'orderby' | 'search'> {
  /** What tells the list from all others. */
  list: object;
}

/** Written into every token; other versions are refused. */
const version = 2;

const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 11);

const fingerprint = ({ list, filter, orderby, search }: Listed): string =>
  digest([list, filter ?? null, orderby, search ?? null]);

/** The `$skiptoken` of the page after a position. */
export function writeSkiptoken(query: Listed, { key, position }: Position): string {
  const content = [version, fingerprint(query), position, key];
  return Buffer.from(JSON.stringify([...content, digest(content)])).toString('base64url');
}

/**
 * Where the page of a query begins; undefined for the first one.
 * @throws GraphError Directory_ExpiredPageToken when the token was not made here, or for another list or query
 */
export function readSkiptoken(query: Listed & Pick<Query, 'skiptoken'>): Position | undefined {
  if (query.skiptoken === undefined) return undefined;
  const content = contentOf(query.skiptoken);
  const [, owner, position, key] = content.slice(0, -1);
  if (content[0] !== version || content.at(-1) !== digest(content.slice(0, -1))) {
    throw refuse('It was changed, or made by another version: follow @odata.nextLink as it is.');
  }
  if (owner !== fingerprint(query)) {
    throw refuse('It belongs to another query: the list, $filter, $orderby and $search must stay as they were.');
  }
  if (!isKey(key) || !isPlace(position)) throw refuse('It holds no place in a list: follow @odata.nextLink as it is.');
  return { key, position };
}

/** The digest is no secret: whoever makes it can put anything beside it. */
const isKey = (value: unknown): value is Key => value === null || typeof value === 'string' || Number.isFinite(value);
const isPlace = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

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
