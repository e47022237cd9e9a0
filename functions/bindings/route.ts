import type { Operation } from '../../shared/operations/operation.ts';
import { stemsOf, wordsAt, type Stem } from '../../shared/operations/stems.ts';

const version = '{version:regex(^(v1\\.0|beta)$)}';

/** A function of an operation: the host gives each one route. */
export interface FunctionRoute {
  name: string;
  route: string;
}

/**
 * The functions that serve an operation, under both versions.
 *
 * Addresses that differ only in how they end have one function, whose last segments are optional (`view`, `count`). An operation
 * that takes a device by either of its ids has two, as no template fits both; so has one of ours, which needs no version. A placeholder takes no word that begins with `$`, so that
 * the order of functions, which the host tries by name, never matters.
 * @throws Error when the paths of a page do not fit
 */
export function routesOf({ id, paths, isOurs }: Pick<Operation, 'id' | 'paths' | 'isOurs'>): FunctionRoute[] {
  const [stem, byDeviceId, ...others] = stemsOf(paths);
  if (!stem || others.length > 0 || (byDeviceId && byDeviceId.path !== withDeviceId(stem.path))) {
    throw new Error(`The paths of ${id} do not fit into routes.`);
  }
  return [
    { name: id, route: toRoute(stem) },
    ...(byDeviceId ? [{ name: `${id}ByDeviceId`, route: toRoute(byDeviceId) }] : []),
    ...(isOurs ? [{ name: `${id}Unversioned`, route: toRoute(stem).slice(version.length + 1) }] : []),
  ];
}

const withDeviceId = (path: string): string => path.replace('/devices/{id}', "/devices(deviceId='{deviceId}')");

function toRoute(of: Stem): string {
  const stem = version + of.path.replace(/(?<=\/){(\w+)}/g, '{$1:regex(^[^$])}');
  return [stem, ...optional('view', wordsAt(of, 0)), ...optional('count', wordsAt(of, 1))].join('/');
}

/** A last segment that may be one of these words, or missing. */
const optional = (name: string, words: readonly string[]): string[] =>
  words.length === 0 ? [] : [`{${name}:regex(^(${words.map(escaped).join('|')})$)?}`];

const escaped = (word: string): string => word.replace(/[$.]/g, '\\$&');
