import type { QueryText } from '../../contract/queryText.ts';
import type { ObjectReference } from '../../contract/references.ts';
import type { List } from '../port.ts';

/** Paths of Graph, relative to the version. */
export const devicePath = (reference: ObjectReference): string =>
  'id' in reference ? `/devices/${reference.id}` : `/devices(deviceId='${reference.deviceId}')`;

/** @param user object id, user principal name, or `me` where only Graph can tell who that is */
export const userPath = (user: string): string => (user === 'me' ? '/me' : `/users/${encodeURIComponent(user)}`);

export function listPath(list: List): string {
  if (list.relation === 'devices') return '/devices';
  const owner = 'user' in list ? userPath(list.user) : devicePath(list.device);
  return `${owner}/${list.relation}${list.type === undefined ? '' : `/${list.type}`}`;
}

/** A path with the query of the caller, as it came. */
export const withQuery = (path: string, query: QueryText | undefined): string =>
  query === undefined || query.text === '' ? path : `${path}?${query.text}`;
