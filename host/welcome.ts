import type { Config } from '../shared/config/readConfig.ts';

/** What `npm start` prints once it serves: where, what, and one request to try. */
export function welcome(config: Config, address: URL): string {
  const store = config.EMULATOR_STORE === 'memory' ? 'memory (forgotten at the end)' : `SQLite in ${config.DATA_DIR}`;
  const device = JSON.stringify({
    accountEnabled: true,
    alternativeSecurityIds: [{ type: 2, key: 'Y3YxN2E1MWFlYw==' }],
    deviceId: '4c299165-6e8f-4b45-a5ba-c5d250a707ff',
    displayName: 'Test device',
    operatingSystem: 'linux',
    operatingSystemVersion: '1',
  });
  return [
    `Device Registrar listens on ${address.origin}`,
    `  directory  ${config.DIRECTORY_MODE}, kept in ${store}`,
    `  contract   ${config.CONTRACT}`,
    `  callers    ${config.AUTH_MODE}: any bearer token is believed`,
    '',
    'Try it:',
    `  curl ${address.origin}/v1.0/devices -H 'Authorization: Bearer adele' -H 'Content-Type: application/json' -d '${device}'`,
    `  curl ${address.origin}/v1.0/me/registeredDevices -H 'Authorization: Bearer adele'`,
    '',
  ].join('\n');
}
