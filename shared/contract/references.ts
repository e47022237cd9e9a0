import { cloudNames, clouds } from './clouds.ts';
import { GraphError } from './errors.ts';
import { isGuid } from './guid.ts';

/** Which object an `@odata.id` names: by object id (`isDevice`: it must be one), or a device by its `deviceId`. */
export type ObjectReference = { id: string; isDevice?: true } | { deviceId: string };

/** Hosts of Graph in all clouds, also in the one that was closed; a reference may be written with any of them. */
const graphHosts = new Set([...cloudNames.map((name): string => clouds[name].graphHost), 'graph.microsoft.de']);

const guid = `([0-9a-f-]{36})`;
const key = `(?:/${guid}|\\('${guid}'\\))`;
const deviceForms: readonly [RegExp, (value: string) => ObjectReference][] = [
  [new RegExp(`^/(?:v1\\.0|beta)/devices${key}$`, 'i'), (id) => ({ id, isDevice: true })],
  [new RegExp(`^/(?:v1\\.0|beta)/directoryObjects${key}$`, 'i'), (id) => ({ id })],
  [new RegExp(`^/(?:v1\\.0|beta)/devices\\(deviceId='${guid}'\\)$`, 'i'), (deviceId) => ({ deviceId })],
  [
    new RegExp(`^/v2/[^/]+/directoryObjects/${guid}/Microsoft\\.DirectoryServices\\.Device$`, 'i'),
    (id) => ({ id, isDevice: true }),
  ],
];
const userForms: readonly RegExp[] = [
  new RegExp(`^/(?:v1\\.0|beta)/(?:users|directoryObjects)${key}$`, 'i'),
  new RegExp(`^/v2/[^/]+/directoryObjects/${guid}/Microsoft\\.DirectoryServices\\.User$`, 'i'),
];

const refuse = (message: string, hint: string): GraphError =>
  new GraphError('BadRequest', message, {
    details: [{ code: 'InvalidReference', target: '@odata.id', message: hint }],
  });

/**
 * Reads the address of a device.
 * @param url absolute address, on this service (`base`, without trailing slash) or on Microsoft Graph
 * @param directory address of the directory behind, in the spelling of `URL`, where it has one
 * @throws GraphError BadRequest when it is no address, leads elsewhere, or names something other than a device
 */
export function readReference(url: string, base: string, directory?: string): ObjectReference {
  const path = pathIn(url, base, directory, 'devices');
  for (const [form, toReference] of deviceForms) {
    const value = guidIn(path, form);
    if (value !== undefined) return toReference(value);
  }
  throw unsupported(
    `'…/devices/{id}', '…/devices(deviceId='{deviceId}')' or '…/directoryObjects/{id}' is expected, each id a GUID.`,
  );
}

/**
 * Reads the address of a user.
 * The parameters are those of {@link readReference}.
 * @returns the object id, in lower case
 * @throws GraphError BadRequest when it is no address, leads elsewhere, or names something other than a user
 */
export function readUserReference(url: string, base: string, directory?: string): string {
  const path = pathIn(url, base, directory, 'users');
  for (const form of userForms) {
    const id = guidIn(path, form);
    if (id !== undefined) return id.toLowerCase();
  }
  throw unsupported("'…/users/{id}' or '…/directoryObjects/{id}' is expected, the id a GUID.");
}

const unsupported = (hint: string): GraphError =>
  refuse('Unsupported resource type in the reference of the payload.', hint);

/**
 * The path below the service, with its version.
 * @param collection what the hint of a refusal shows an address of
 */
function pathIn(url: string, base: string, directory: string | undefined, collection: string): string {
  const address = isAddress(url) ? new URL(url) : undefined;
  if (!address) {
    throw refuse(
      'Invalid URL format specified in payload.',
      `An absolute address such as '${base}/v1.0/${collection}/{id}' is expected.`,
    );
  }
  if (directory !== undefined && address.href.startsWith(`${directory}/`)) {
    return decodedPath(address.href.slice(directory.length));
  }
  const isOnGraph = address.protocol === 'https:' && graphHosts.has(address.host);
  if (!isOnGraph && !(URL.canParse(base) && isSame(address, new URL(base)))) {
    throw refuse(
      'Invalid URL format specified in payload.',
      `The address leads to '${address.host}'; it must be on this service (${base}) or on Microsoft Graph.`,
    );
  }
  return decodedPath(address.pathname);
}

function guidIn(path: string, form: RegExp): string | undefined {
  const match = form.exec(path);
  const value = match?.[1] ?? match?.[2];
  return value && isGuid(value) ? value : undefined;
}

/** Absolute, of printable ASCII, and without what an address of an object never has: a user, a query, a fragment. */
const isAddress = (url: string): boolean =>
  /^https?:\/\/[^/?#@\\]+\/[!-~]*$/i.test(url) && !/[\\?#]/.test(url) && URL.canParse(url);

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

const isSame = (one: URL, other: URL): boolean =>
  one.origin === other.origin ||
  (one.protocol === other.protocol &&
    one.port === other.port &&
    [one, other].every((url) => loopback.has(url.hostname)));

/** The path with the signs of the key form decoded; an escaped slash stays what it is. */
const decodedPath = (path: string): string =>
  path.replace(/%(27|28|29|3D)/gi, (escaped) => decodeURIComponent(escaped));
