import { graphRules } from '../../shared/config/graphRules.ts';
import { ConfigError, readConfig } from '../../shared/config/readConfig.ts';
import { settings } from '../../shared/config/settings.ts';

const tenant = '11111111-1111-4111-8111-111111111111';
const app = '22222222-2222-4222-8222-222222222222';
const identity = '33333333-3333-4333-8333-333333333333';
const registration = { GRAPH_TENANT_ID: tenant, GRAPH_CLIENT_ID: app };

/** Everything but the rules is well: what they say of these settings before Microsoft Graph. */
function refusedBy(env: Record<string, string>, isLocal = false): string[] {
  const { GRAPH_CREDENTIAL, AUTH_MODE = GRAPH_CREDENTIAL === 'callerToken' ? 'passthrough' : 'entra' } = env;
  const config = { ...partly({ ...env, AUTH_MODE, DIRECTORY_MODE: 'graph' }), isLocal };
  return graphRules(config)
    .filter(([refused]) => refused)
    .map(([, reason]) => reason);
}

/** The settings of the environment, as far as they are well formed: each is read alone, without what goes against it. */
function partly(env: Record<string, string>): ReturnType<typeof readConfig> {
  const defaults = readConfig({}, true);
  const values = Object.entries(env).map(([name, value]) => {
    if (!name.startsWith('GRAPH_')) return [name, value];
    return [name, readConfig({ [name]: value }, true)[name as keyof typeof defaults]];
  });
  return { ...defaults, ...(Object.fromEntries(values) as object) };
}

const reasonsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(env, true);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.reasons;
    throw error;
  }
};

test.each([
  { GRAPH_CREDENTIAL: 'managedIdentity', GRAPH_TENANT_ID: tenant },
  { GRAPH_CREDENTIAL: 'managedIdentity', GRAPH_TENANT_ID: tenant, GRAPH_MANAGED_IDENTITY_CLIENT_ID: identity },
  { GRAPH_CREDENTIAL: 'onBehalfOf', ...registration, GRAPH_CLIENT_SECRET: 'sesame' },
  { GRAPH_CREDENTIAL: 'onBehalfOf', ...registration, GRAPH_CLIENT_CERTIFICATE_PATH: 'app.pem' },
  { GRAPH_CREDENTIAL: 'onBehalfOf', ...registration, GRAPH_MANAGED_IDENTITY_CLIENT_ID: identity },
  { GRAPH_CREDENTIAL: 'clientSecret', ...registration, GRAPH_CLIENT_SECRET: 'sesame' },
  { GRAPH_CREDENTIAL: 'clientCertificate', ...registration, GRAPH_CLIENT_CERTIFICATE_PATH: 'app.pem' },
  { GRAPH_CREDENTIAL: 'callerToken' },
  { GRAPH_CREDENTIAL: 'callerToken', GRAPH_BASE_URL: 'http://127.0.0.1:7072' },
  { GRAPH_CREDENTIAL: 'callerToken', GRAPH_BASE_URL: 'http://[::1]:7072' },
  { GRAPH_CREDENTIAL: 'callerToken', GRAPH_BASE_URL: 'http://localhost:7072/' },
])('settings: $GRAPH_CREDENTIAL has what it needs in %j', (env) => {
  expect(refusedBy(env)).toEqual([]);
});

test('settings: everything that a credential lacks is named at once', () => {
  expect(refusedBy({ GRAPH_CREDENTIAL: 'onBehalfOf', GRAPH_BASE_URL: 'http://graph.contoso.com/v1.0' })).toEqual([
    'GRAPH_TENANT_ID is missing: GRAPH_CREDENTIAL=onBehalfOf needs it.',
    'GRAPH_CLIENT_ID is missing: GRAPH_CREDENTIAL=onBehalfOf needs it.',
    'GRAPH_CREDENTIAL=onBehalfOf needs exactly one of GRAPH_CLIENT_SECRET, GRAPH_CLIENT_CERTIFICATE_PATH, GRAPH_MANAGED_IDENTITY_CLIENT_ID (set: none).',
    "GRAPH_BASE_URL is 'http://graph.contoso.com'; tokens go over https only. (With GRAPH_CREDENTIAL=callerToken, http is possible on this machine: 127.0.0.1, [::1], localhost.)",
    'GRAPH_BASE_URL has a version in its path; leave out what begins there, a request says its own.',
  ]);
  expect(refusedBy({ GRAPH_CREDENTIAL: 'clientSecret', GRAPH_TENANT_ID: tenant })).toEqual([
    'GRAPH_CLIENT_ID is missing: GRAPH_CREDENTIAL=clientSecret needs it.',
    'GRAPH_CLIENT_SECRET is missing: GRAPH_CREDENTIAL=clientSecret needs it.',
  ]);
  expect(refusedBy({ GRAPH_CREDENTIAL: 'clientCertificate', ...registration })).toEqual([
    'GRAPH_CLIENT_CERTIFICATE_PATH is missing: GRAPH_CREDENTIAL=clientCertificate needs it.',
  ]);
  expect(refusedBy({})[0]).toMatch(/^GRAPH_CREDENTIAL is missing/);
});

test('settings: two ways to show which app acts on behalf of a user are one too many, and neither is shown', () => {
  const reasons = refusedBy({
    GRAPH_CREDENTIAL: 'onBehalfOf',
    ...registration,
    GRAPH_CLIENT_SECRET: 'sesame',
    GRAPH_MANAGED_IDENTITY_CLIENT_ID: identity,
  });
  expect(reasons).toHaveLength(1);
  expect(reasons[0]).toMatch(/\(set: GRAPH_CLIENT_SECRET, GRAPH_MANAGED_IDENTITY_CLIENT_ID\)\.$/);
  expect(reasons[0]).not.toContain('sesame');
});

test("settings: a credential's token goes over https only, and the caller's over http only to this machine", () => {
  const proven = { ...registration, GRAPH_CLIENT_SECRET: 'sesame' };
  const http = /tokens go over https only/;
  const loopback = 'http://127.0.0.1:7072';
  expect(refusedBy({ GRAPH_CREDENTIAL: 'managedIdentity', GRAPH_BASE_URL: loopback }).join()).toMatch(http);
  for (const address of ['http://graph.microsoft.com', 'http://127.0.0.1.contoso.com', 'http://0.0.0.0:80']) {
    expect(refusedBy({ GRAPH_CREDENTIAL: 'callerToken', GRAPH_BASE_URL: address }).join()).toMatch(http);
  }
  expect(
    refusedBy({ GRAPH_CREDENTIAL: 'onBehalfOf', ...proven, GRAPH_AUTHORITY_HOST: 'http://login.contoso.com' }),
  ).toEqual(['GRAPH_AUTHORITY_HOST must begin with https://: secrets are sent there.']);
});

test('settings: an address of Graph with a user, a query or a fragment is refused without being repeated', () => {
  for (const address of ['https://adele:sesame@graph.contoso.com', 'https://graph.contoso.com/?key=sesame']) {
    expect(reasonsOf({ GRAPH_BASE_URL: address })).toEqual([
      "GRAPH_BASE_URL is wrong; global, usGov, usDod, china or an address such as 'https://devices.contoso.com' is expected.",
    ]);
  }
});

test("settings: the caller's token is passed on where nobody checks it, and only there", () => {
  expect(refusedBy({ GRAPH_CREDENTIAL: 'callerToken', AUTH_MODE: 'entra' }).join()).toMatch(
    /^GRAPH_CREDENTIAL=callerToken needs AUTH_MODE=passthrough/,
  );
  expect(refusedBy({ GRAPH_CREDENTIAL: 'managedIdentity', AUTH_MODE: 'passthrough' }).join()).toMatch(
    /^AUTH_MODE=passthrough .* needs GRAPH_CREDENTIAL=callerToken/,
  );
  expect(reasonsOf({ AUTH_MODE: 'passthrough' }).join()).toMatch(/AUTH_MODE=passthrough .* needs DIRECTORY_MODE=graph/);
});

test('settings: the Azure CLI is for a machine that is known to be local', () => {
  const azureCli = { GRAPH_CREDENTIAL: 'azureCli', GRAPH_TENANT_ID: tenant };
  expect(refusedBy(azureCli, true)).toEqual([]);
  expect(refusedBy(azureCli, false).join()).toMatch(/for local use only/);
});

test('settings: a delegated session is not part of this release, and what another credential lacks is named', () => {
  expect(refusedBy({ GRAPH_CREDENTIAL: 'delegatedSession' })).toEqual([
    'GRAPH_CREDENTIAL=delegatedSession is not part of this release.',
  ]);
  const env = { DIRECTORY_MODE: 'graph', AUTH_MODE: 'entra', GRAPH_CREDENTIAL: 'clientSecret' };
  expect(reasonsOf(env)).toEqual(
    expect.arrayContaining(['GRAPH_CLIENT_SECRET is missing: GRAPH_CREDENTIAL=clientSecret needs it.']),
  );
});

test('settings: a cloud may be called by its name, and ids are GUIDs', () => {
  const addressOf = (GRAPH_BASE_URL: string): string => readConfig({ GRAPH_BASE_URL }, true).GRAPH_BASE_URL;
  expect(['global', 'usGov', 'usDod', 'china'].map(addressOf)).toEqual([
    'https://graph.microsoft.com',
    'https://graph.microsoft.us',
    'https://dod-graph.microsoft.us',
    'https://microsoftgraph.chinacloudapi.cn',
  ]);
  expect(readConfig({}, true).GRAPH_BASE_URL).toBe('https://graph.microsoft.com');
  expect(readConfig({ GRAPH_TENANT_ID: tenant.toUpperCase() }, true).GRAPH_TENANT_ID).toBe(tenant);
  expect(reasonsOf({ GRAPH_BASE_URL: 'germany', GRAPH_TENANT_ID: 'contoso.com' })).toEqual([
    "GRAPH_BASE_URL is wrong; global, usGov, usDod, china or an address such as 'https://devices.contoso.com' is expected.",
    'GRAPH_TENANT_ID is wrong; a GUID is expected.',
  ]);
});

test('settings: a tenant whose users could not call, and a Graph of another cloud than their tokens, are refused at start', () => {
  const onBehalfOf = { GRAPH_CREDENTIAL: 'onBehalfOf', GRAPH_CLIENT_SECRET: 'sesame', ...registration };
  const graph = { DIRECTORY_MODE: 'graph', AUTH_MODE: 'entra', ENTRA_AUDIENCES: app, ...onBehalfOf };
  expect(reasonsOf({ ...graph, ENTRA_TENANT_IDS: `${identity}, ${tenant}` })).toEqual([]);
  expect(reasonsOf({ ...graph, ENTRA_TENANT_IDS: identity, GRAPH_BASE_URL: 'china' })).toEqual([
    'GRAPH_BASE_URL is the Graph of china, but ENTRA_CLOUD is global: tokens of one cloud are worth nothing in another.',
    'GRAPH_TENANT_ID is none of ENTRA_TENANT_IDS: on-behalf-of never crosses tenants, so that nobody could call.',
  ]);
  expect(reasonsOf({ ...graph, ENTRA_TENANT_IDS: tenant, GRAPH_BASE_URL: 'usDod', ENTRA_CLOUD: 'usDod' })).toEqual([]);
  expect(reasonsOf({ ...graph, ENTRA_TENANT_IDS: tenant, GRAPH_BASE_URL: 'https://graph.contoso.com' })).toEqual([]);
});

test.each(['managedIdentity', 'clientSecret', 'clientCertificate', 'azureCli'])(
  'settings: %s acts for callers of its own tenant and of no other, since Graph would not see the difference',
  (GRAPH_CREDENTIAL) => {
    const env = {
      GRAPH_CREDENTIAL,
      ...registration,
      GRAPH_CLIENT_SECRET: 'sesame',
      GRAPH_CLIENT_CERTIFICATE_PATH: '-',
    };
    const listing = (ENTRA_TENANT_IDS: readonly string[], AUTH_MODE: string): string[] =>
      refusedBy({ ...env, ENTRA_TENANT_IDS, AUTH_MODE } as unknown as Record<string, string>, true);
    const [reason] = listing([], 'easyauth');
    expect(reason).toBe(
      `ENTRA_TENANT_IDS must be GRAPH_TENANT_ID and nothing else: with GRAPH_CREDENTIAL=${GRAPH_CREDENTIAL} Graph does not see who calls, so that somebody of another tenant would act in this one.`,
    );
    for (const AUTH_MODE of ['entra', 'easyauth']) {
      expect(listing([tenant], AUTH_MODE)).toEqual([]);
      for (const ids of [[identity], [tenant, identity]]) expect(listing(ids, AUTH_MODE)).toEqual([reason]);
    }
    expect(refusedBy({ GRAPH_CREDENTIAL }, true)[0]).toBe(
      `GRAPH_TENANT_ID is missing: GRAPH_CREDENTIAL=${GRAPH_CREDENTIAL} needs it.`,
    );
  },
);

test('settings: an address of Graph is the same however it is spelled', () => {
  const addressOf = (GRAPH_BASE_URL: string): string => readConfig({ GRAPH_BASE_URL }, true).GRAPH_BASE_URL;
  expect(['https://Graph.Microsoft.com', 'HTTPS://graph.microsoft.com:443/'].map(addressOf)).toEqual([
    'https://graph.microsoft.com',
    'https://graph.microsoft.com',
  ]);
  expect(addressOf('http://LOCALHOST:7072')).toBe('http://localhost:7072');
  expect(addressOf('https://api.contoso.com:8443/Graph//')).toBe('https://api.contoso.com:8443/Graph');
});

test('settings: a version anywhere in the path of Graph is refused, another path is not', () => {
  const refused = (path: string): string[] =>
    refusedBy({ GRAPH_CREDENTIAL: 'callerToken', GRAPH_BASE_URL: `https://graph.contoso.com${path}` });
  for (const path of ['/v1.0', '/beta/', '/v1.0/me', '/graph/V1.0/devices']) {
    expect(refused(path).join()).toMatch(/^GRAPH_BASE_URL has a version in its path/);
  }
  expect(refused('/graph/v1')).toEqual([]);
});

test('settings: what stands in the wrong setting of Graph or Entra is never repeated, as it may be a secret', () => {
  const secret = 'Q~7fW8sesame';
  const names = [
    'GRAPH_TENANT_ID',
    'GRAPH_CLIENT_ID',
    'GRAPH_MANAGED_IDENTITY_CLIENT_ID',
    'GRAPH_BASE_URL',
    'GRAPH_AUTHORITY_HOST',
    'GRAPH_CREDENTIAL',
    'ENTRA_TENANT_IDS',
    'ENTRA_AUDIENCES',
    'ENTRA_CLOUD',
    'GRAPH_TIMEOUT_MS',
    'PUBLIC_BASE_URL',
    'CONTRACT',
  ];
  const reasons = reasonsOf(Object.fromEntries(names.map((name) => [name, secret])));
  expect(names.filter((name) => !reasons.some((reason) => reason.startsWith(`${name} is wrong; `)))).toEqual([]);
  expect(reasons.join()).not.toContain('sesame');
  const key = '-----BEGIN PRIVATE KEY-----\nsesame\n-----END PRIVATE KEY-----';
  const pasted = { DIRECTORY_MODE: 'graph', GRAPH_CREDENTIAL: 'clientCertificate', GRAPH_CLIENT_CERTIFICATE_PATH: key };
  const said = reasonsOf({ ...pasted, ENTRA_AUDIENCES: key, PORT: key });
  expect(said.join()).not.toContain('sesame');
  // The file is looked at together with everything else.
  expect(said).toEqual(
    expect.arrayContaining([
      'GRAPH_CLIENT_ID is missing: GRAPH_CREDENTIAL=clientCertificate needs it.',
      expect.stringMatching(/^GRAPH_CLIENT_CERTIFICATE_PATH names a file that cannot be used: it cannot be read/),
    ]),
  );
});

test('settings: a path in PUBLIC_BASE_URL is refused, since clients of Graph expect the version at the root', () => {
  expect(reasonsOf({ PUBLIC_BASE_URL: 'https://api.contoso.com/devices' })).toEqual([
    'PUBLIC_BASE_URL has a path; clients of Microsoft Graph expect /v1.0 at the root of a host.',
  ]);
});

test('settings: a request is answered before the platform ends it at 230 seconds, whatever the budget and the time of a call', () => {
  const { GRAPH_TIME_BUDGET_S: budget, GRAPH_TIMEOUT_MS: call } = settings;
  // No call outlives the budget.
  expect(budget.maximum).toBeLessThan(230);
  expect(call.maximum).toBeLessThanOrEqual(budget.maximum * 1000);
});
