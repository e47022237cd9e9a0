/** What stands behind an operation's own name and title where it has further addresses. */
export interface Ending {
  name: string;
  title: string;
}

/**
 * Tells the addresses of one operation apart; the first has the operation's own name. How a device is named comes last:
 * `listDeviceRegisteredUsersAsUserCountByDeviceId`.
 */
export function endingOf(path: string, paths: readonly string[]): Ending {
  const [first = ''] = paths;
  if (path === first) return { name: '', title: '' };
  const byId = path.replace("(deviceId='{deviceId}')", '/{id}');
  if (paths.includes(`${path}/$ref`)) return { name: 'WithoutRef', title: ' without $ref' };
  const further = byId === first ? [] : furtherSegments(byId, first);
  if (!further) {
    const place = paths.indexOf(path) + 1;
    return { name: String(place), title: ` (${place})` };
  }
  const endings = [...further.map(toEnding), ...(byId === path ? [] : [{ name: 'ByDeviceId', title: ' by deviceId' }])];
  return { name: endings.map(({ name }) => name).join(''), title: endings.map(({ title }) => title).join('') };
}

/** What an address has behind another one; undefined where it has something else before. */
const furtherSegments = (path: string, stem: string): string[] | undefined =>
  path.startsWith(`${stem}/`) ? path.slice(stem.length + 1).split('/') : undefined;

function toEnding(segment: string): Ending {
  if (segment === '$count') return { name: 'Count', title: ' (number)' };
  const type = typeIn(segment) ?? segment;
  return { name: `As${type.charAt(0).toUpperCase()}${type.slice(1)}`, title: ` of type ${type}` };
}

/** The type that a segment of an address names: `user` in `microsoft.graph.user`. */
export const typeIn = (segment: string): string | undefined => /^microsoft\.graph\.(\w+)$/.exec(segment)?.[1];
