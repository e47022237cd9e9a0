import { GraphError } from './errors.ts';
import { isGuid } from './guid.ts';

/** Which object an `@odata.id` names: by object id, or a device by its `deviceId`. */
export type ObjectReference = { id: string } | { deviceId: string };

/** Hosts of Graph in all clouds; a reference may be written with any of them. */
const graphHosts = new Set([
  'graph.microsoft.com',
  'graph.microsoft.us',
  'dod-graph.microsoft.us',
  'graph.microsoft.de',
  'microsoftgraph.chinacloudapi.cn',
]);

const guid = `([0-9a-fA-F-]{36})`;
const key = `(?:/${guid}|\\('${guid}'\\))`;
const forms: readonly [RegExp, 'id' | 'deviceId'][] = [
  [new RegExp(`^/(?:v1\\.0|beta)/(?:devices|directoryObjects)${key}$`), 'id'],
  [new RegExp(`^/(?:v1\\.0|beta)/devices\\(deviceId='${guid}'\\)$`), 'deviceId'],
  [new RegExp(`^/v2/[^/]+/directoryObjects/${guid}/Microsoft\\.DirectoryServices\\.Device$`), 'id'],
];

const refuse = (message: string, hint: string): GraphError =>
  new GraphError('BadRequest', message, {
    details: [{ code: 'InvalidReference', target: '@odata.id', message: hint }],
  });

/**
 * Reads the address of a device.
 * @param url absolute address, on this service (`base`, without trailing slash) or on Microsoft Graph
 * @throws GraphError BadRequest when it is no address, leads elsewhere, or names something other than a device
 */
export function readReference(url: string, base: string): ObjectReference {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (!address || !/^https?:\/\//i.test(url)) {
    throw refuse(
      'Invalid URL format specified in payload.',
      `An absolute address such as '${base}/v1.0/devices/{id}' is expected.`,
    );
  }
  const ours = address.origin === new URL(base).origin;
  if (!ours && !(address.protocol === 'https:' && graphHosts.has(address.host))) {
    throw refuse(
      'Invalid URL format specified in payload.',
      `The address leads to '${address.host}'; it must be on this service or on Microsoft Graph.`,
    );
  }
  const path = pathOf(address);
  for (const [form, name] of forms) {
    const match = form.exec(path);
    const value = match?.[1] ?? match?.[2];
    if (value && isGuid(value)) return name === 'id' ? { id: value } : { deviceId: value };
  }
  throw refuse(
    'Unsupported resource type in the reference of the payload.',
    `'…/devices/{id}', '…/devices(deviceId='{deviceId}')' or '…/directoryObjects/{id}' is expected, each id a GUID.`,
  );
}

/** The decoded path; an address that cannot be decoded matches no form. */
function pathOf(address: URL): string {
  try {
    return decodeURIComponent(address.pathname);
  } catch {
    return '';
  }
}
