import { readFileSync } from 'node:fs';
import { ConfigError, readConfig } from '../../shared/config/readConfig.ts';
import { settings } from '../../shared/config/settings.ts';

const local = true;
const deployed = false;

function reasonsOf(env: Record<string, string>, isLocal?: boolean): readonly string[] {
  try {
    readConfig(env, isLocal);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.reasons;
    throw error;
  }
}

test('settings: nothing needs to be set on a laptop', () => {
  expect(readConfig({}, local)).toMatchObject({
    HOST: '127.0.0.1',
    PORT: 7071,
    DIRECTORY_MODE: 'emulator',
    CONTRACT: 'documented',
    AUTH_MODE: 'emulator',
    EMULATOR_STORE: 'sqlite',
    DATA_DIR: '.data',
    TRUST_FORWARDED: false,
  });
});

test('settings: every mistake is named at once, with what would be right', () => {
  const wrong = {
    PORT: '70710',
    CONTRACT: 'strict',
    TRUST_FORWARDED: 'yes',
    PUBLIC_BASE_URL: 'contoso',
    DIRECTORY_MODE: 'real',
  };
  expect(reasonsOf(wrong, local)).toEqual([
    "PORT is '70710'; a whole number from 0 to 65535 is expected.",
    "DIRECTORY_MODE is 'real'; one of emulator, graph is expected.",
    "CONTRACT is 'strict'; one of documented, current is expected.",
    "PUBLIC_BASE_URL is 'contoso'; an address such as 'https://devices.contoso.com' is expected.",
    "TRUST_FORWARDED is 'yes'; true or false is expected.",
  ]);
});

test('settings: a directory that believes any token is refused before Microsoft Graph, also locally', () => {
  expect(reasonsOf({ DIRECTORY_MODE: 'graph' }, local).join()).toMatch(
    /AUTH_MODE=emulator .* must not stand before a real directory/,
  );
});

test('settings: without a sign of a local machine neither emulated callers nor a local store are allowed', () => {
  const reasons = reasonsOf({}, deployed);
  expect(reasons).toHaveLength(2);
  expect(reasons[0]).toMatch(/^AUTH_MODE=emulator .* local use only/);
  expect(reasons[1]).toMatch(/^EMULATOR_STORE=sqlite is for local use only/);
  expect(reasonsOf({ EMULATOR_STORE: 'memory' }, deployed)[1]).toMatch(/^EMULATOR_STORE=memory is for local use only/);
});

test('settings: Core Tools say that the machine is local, other environments do not', () => {
  expect(reasonsOf({ AZURE_FUNCTIONS_ENVIRONMENT: 'Development' })).toEqual([]);
  expect(reasonsOf({ AZURE_FUNCTIONS_ENVIRONMENT: 'Production' })).toHaveLength(2);
  expect(reasonsOf({})).toHaveLength(2);
});

test('settings: easyauth is refused where App Service authentication is off', () => {
  expect(reasonsOf({ AUTH_MODE: 'easyauth' }, local).join()).toContain('WEBSITE_AUTH_ENABLED');
  expect(reasonsOf({ AUTH_MODE: 'easyauth', WEBSITE_AUTH_ENABLED: 'True' }, local).join()).not.toContain(
    'WEBSITE_AUTH_ENABLED',
  );
});

test('settings: what this release does not have is refused, not ignored', () => {
  expect(reasonsOf({ AUTH_MODE: 'entra' }, local)).toEqual(['AUTH_MODE=entra is not part of this release.']);
  expect(reasonsOf({ EMULATOR_STORE: 'azureTable' }, local)).toEqual([
    'EMULATOR_STORE=azureTable is not part of this release.',
  ]);
});

test('settings: a public address loses its trailing slash', () => {
  expect(readConfig({ PUBLIC_BASE_URL: 'https://devices.contoso.com/' }, local).PUBLIC_BASE_URL).toBe(
    'https://devices.contoso.com',
  );
});

test('local.settings.sample.json names only settings that there are, with their default values', () => {
  const sample = JSON.parse(readFileSync('local.settings.sample.json', 'utf8')) as { Values: Record<string, string> };
  for (const [name, value] of Object.entries(sample.Values)) {
    if (name === 'FUNCTIONS_WORKER_RUNTIME') continue;
    expect(settings).toHaveProperty(name);
    expect([name, value]).toEqual([name, String(readConfig({}, local)[name as keyof typeof settings])]);
  }
});
