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
  expect(reasonsOf({ EMULATOR_STORE: 'azureTable' }, local)).toEqual([
    'EMULATOR_STORE=azureTable is not part of this release.',
  ]);
});

const tenant = '8d6c5b4a-3f2e-4d1c-9b0a-1f2e3d4c5b6a';
const audience = 'e3a1c5d7-9b2f-4e6a-8c0d-5f7b9a1c3e5d';
const entra = { AUTH_MODE: 'entra', ENTRA_TENANT_IDS: tenant, ENTRA_AUDIENCES: audience };

test('settings: callers are checked in front of the embedded directory, too, once tenants and audiences are named', () => {
  const lists = {
    ENTRA_TENANT_IDS: `${tenant.toUpperCase()}, ${audience}`,
    ENTRA_AUDIENCES: `${audience.toUpperCase()},api://Registrar,https://devices.contoso.com/api`,
  };
  expect(readConfig({ ...entra, ...lists }, local)).toMatchObject({
    AUTH_MODE: 'entra',
    ENTRA_TENANT_IDS: [tenant, audience],
    ENTRA_AUDIENCES: [audience, 'api://Registrar', 'https://devices.contoso.com/api'],
    ENTRA_CLOUD: 'global',
    ENTRA_CLOCK_TOLERANCE_S: 300,
  });
});

test('settings: tenants and audiences that are missing are named at once', () => {
  expect(reasonsOf({ AUTH_MODE: 'entra' }, local)).toEqual([
    'AUTH_MODE=entra needs ENTRA_TENANT_IDS: the tenants whose tokens are accepted.',
    "AUTH_MODE=entra needs ENTRA_AUDIENCES: the client id or App ID URI of this app's own registration.",
  ]);
});

test('settings: everything that is malformed about tokens is named at once', () => {
  const wrong = {
    ENTRA_TENANT_IDS: `${tenant},contoso.com`,
    ENTRA_AUDIENCES: 'registrar',
    ENTRA_CLOUD: 'germany',
    ENTRA_CLOCK_TOLERANCE_S: '5m',
  };
  expect(reasonsOf(wrong, local)).toEqual([
    'ENTRA_TENANT_IDS is wrong; a list of GUIDs with commas between them is expected.',
    'ENTRA_AUDIENCES is wrong; a list of GUIDs or URIs with commas between them is expected.',
    "ENTRA_CLOUD is 'germany'; one of global, usGov, usDod, china is expected.",
    "ENTRA_CLOCK_TOLERANCE_S is '5m'; a whole number from 0 to 600 is expected.",
  ]);
});

test.each([`${tenant},`, ',', 'common', `${tenant};${tenant}`, `${tenant}/../x`])(
  'settings: %j is no list of tenants',
  (ids) => {
    expect(reasonsOf({ ...entra, ENTRA_TENANT_IDS: ids }, local).join()).toContain('a list of GUIDs');
  },
);

test.each([
  '00000003-0000-0000-c000-000000000000',
  `${audience},https://graph.microsoft.com`,
  'https://graph.microsoft.us/',
  'https://dod-graph.microsoft.us',
  'https://microsoftgraph.chinacloudapi.cn',
])('settings: tokens for Microsoft Graph (%s) are for Graph to judge', (audiences) => {
  expect(reasonsOf({ ...entra, ENTRA_AUDIENCES: audiences }, local)).toEqual([
    expect.stringMatching(/^ENTRA_AUDIENCES names Microsoft Graph/),
  ]);
});

test('settings: passthrough, which checks nothing, stands only before Graph and only with the token of the caller', () => {
  const graph = { AUTH_MODE: 'passthrough', DIRECTORY_MODE: 'graph' };
  const ofPassthrough = (env: Record<string, string>): readonly string[] =>
    reasonsOf(env, local).filter((reason) => reason.includes('passthrough'));
  expect(ofPassthrough({ ...graph, GRAPH_CREDENTIAL: 'callerToken' })).toEqual([]);
  expect(ofPassthrough({ ...graph, GRAPH_CREDENTIAL: 'managedIdentity' })).toEqual([
    expect.stringMatching(/^AUTH_MODE=passthrough .* needs GRAPH_CREDENTIAL=callerToken/),
  ]);
  expect(ofPassthrough(graph)).toHaveLength(1);
  expect(ofPassthrough({ AUTH_MODE: 'passthrough', GRAPH_CREDENTIAL: 'callerToken' })).toEqual([
    expect.stringMatching(/^AUTH_MODE=passthrough leaves it to Microsoft Graph/),
  ]);
});

test('settings: the token of the caller is handed on only where nobody else has to accept it', () => {
  for (const mode of [entra, { AUTH_MODE: 'easyauth', WEBSITE_AUTH_ENABLED: 'true' }, {}]) {
    expect(reasonsOf({ ...mode, DIRECTORY_MODE: 'graph', GRAPH_CREDENTIAL: 'callerToken' }, local)).toContainEqual(
      expect.stringMatching(/^GRAPH_CREDENTIAL=callerToken needs AUTH_MODE=passthrough/),
    );
  }
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
