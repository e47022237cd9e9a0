import type { Config } from '../shared/config/readConfig.ts';

/** Whom each way to know a caller lets in. */
const callers: Record<Config['AUTH_MODE'], string> = {
  emulator: 'any bearer token is believed',
  entra: 'tokens of Microsoft Entra, checked',
  easyauth: 'whom App Service authentication has let in',
  passthrough: "the directory behind judges the caller's token",
};

/** What the settings do not tell. */
export interface Started {
  /** Where jobs are kept. */
  readonly storage: string;
  /** The certificate that clients must trust, with HTTPS. */
  readonly certificatePath: string | undefined;
}

/** What `npm start` prints once it serves: where, what, and one request to try. */
export function welcome(config: Config, address: URL, { storage, certificatePath }: Started): string {
  const device = JSON.stringify({
    accountEnabled: true,
    alternativeSecurityIds: [{ type: 2, key: 'Y3YxN2E1MWFlYw==' }],
    deviceId: '4c299165-6e8f-4b45-a5ba-c5d250a707ff',
    displayName: 'Test device',
    operatingSystem: 'linux',
    operatingSystemVersion: '1',
  });
  const { header, hint } = bearerOf(config);
  const curl = certificatePath === undefined ? 'curl' : `curl --cacert ${certificatePath}`;
  return [
    `Device Registrar listens on ${address.origin}`,
    `  explorer   ${address.origin}/`,
    `  directory  ${directoryOf(config)}`,
    `  contract   ${config.CONTRACT}`,
    `  storage    ${storage}`,
    `  callers    ${config.AUTH_MODE}: ${callers[config.AUTH_MODE]}`,
    ...(certificatePath === undefined ? [] : [`  trust      NODE_EXTRA_CA_CERTS=${certificatePath}`]),
    '',
    `Try it${hint}:`,
    `  ${curl} ${address.origin}/v1.0/devices -H ${header} -H 'Content-Type: application/json' -d '${device}'`,
    `  ${curl} ${address.origin}/v1.0/me/registeredDevices -H ${header}`,
    '',
  ].join('\n');
}

/** As whom to try it: any word will do where the emulator is behind, here or as the Graph of this machine. */
function bearerOf({ AUTH_MODE, GRAPH_BASE_URL }: Config): { header: string; hint: string } {
  const isPassedOn = AUTH_MODE === 'passthrough';
  if (AUTH_MODE === 'emulator' || (isPassedOn && GRAPH_BASE_URL.startsWith('http:'))) {
    return { header: "'Authorization: Bearer adele'", hint: '' };
  }
  const whom = isPassedOn ? 'Microsoft Graph' : 'this service (docs/callers.md)';
  return { header: '"Authorization: Bearer $TOKEN"', hint: `, with a token for ${whom} in TOKEN` };
}

function directoryOf({ DIRECTORY_MODE, EMULATOR_STORE, DATA_DIR, GRAPH_BASE_URL, GRAPH_CREDENTIAL }: Config): string {
  if (DIRECTORY_MODE === 'graph') return `Microsoft Graph at ${GRAPH_BASE_URL}, called as ${String(GRAPH_CREDENTIAL)}`;
  return `emulator, kept in ${EMULATOR_STORE === 'memory' ? 'memory (forgotten at the end)' : `SQLite in ${DATA_DIR}`}`;
}
