import { graphTokens, type CredentialSettings } from '../../../shared/directory/graph/credentials.ts';
import type { GraphTokens } from '../../../shared/directory/graph/graphTokens.ts';
import { fakeAuthority, type FakeAuthority } from '../../support/fakeAuthority.ts';

const tenantId = '11111111-1111-4111-8111-111111111111';
const clientId = '22222222-2222-4222-8222-222222222222';
const identityId = '33333333-3333-4333-8333-333333333333';

let authority: FakeAuthority;

/** The libraries look once in the life of a process for what App Service sets. */
beforeAll(async () => {
  authority = await fakeAuthority();
  process.env.IDENTITY_ENDPOINT = `${authority.base}/msi/token`;
  process.env.IDENTITY_HEADER = 'header-of-this-instance';
});
afterAll(() => authority.close());
beforeEach(() => (authority.asked.length = 0));

const timeoutMs = 1000;
const open = (settings: Partial<CredentialSettings>): GraphTokens =>
  graphTokens(
    { credential: 'managedIdentity', baseUrl: 'https://graph.microsoft.com', tenantId, ...settings },
    { now: () => new Date(), warn: () => undefined, httpClient: authority.httpClient, timeoutMs },
  );

test("the app's own identity is asked for on App Service's endpoint, once for a hundred requests", async () => {
  const tokens = open({});
  const given = await Promise.all(Array.from({ length: 100 }, () => tokens.get({ tenantId })));
  expect(new Set(given)).toEqual(new Set(['token-1']));
  expect(authority.asked).toHaveLength(1);
  expect(authority.asked[0]).toMatchObject({
    method: 'GET',
    path: '/msi/token',
    headers: { 'x-identity-header': 'header-of-this-instance' },
    fields: { resource: 'https://graph.microsoft.com' },
  });
  expect(authority.asked[0]?.fields).not.toHaveProperty('client_id');
});

test('a user-assigned identity is asked for by its client id', async () => {
  await open({ managedIdentityClientId: identityId, baseUrl: 'https://graph.microsoft.us' }).get({ tenantId });
  expect(authority.asked).toMatchObject([
    { fields: { client_id: identityId, resource: 'https://graph.microsoft.us' } },
  ]);
});

test.each([
  ['https://graph.microsoft.com', 'api://AzureADTokenExchange'],
  ['https://graph.microsoft.us', 'api://AzureADTokenExchangeUSGov'],
  ['https://microsoftgraph.chinacloudapi.cn', 'api://AzureADTokenExchangeChina'],
])("on-behalf-of without any secret, for %s: the identity's token vouches for the app", async (baseUrl, resource) => {
  const tokens = open({
    credential: 'onBehalfOf',
    baseUrl,
    clientId,
    managedIdentityClientId: identityId,
  });
  const [ofAdele, ofBob] = await Promise.all(['adele', 'bob'].map((token) => tokens.get({ token, tenantId })));
  expect(ofAdele).not.toBe(ofBob);
  const [assertion, ...exchanges] = authority.asked.map(({ fields }) => fields);
  expect(assertion).toMatchObject({ resource, client_id: identityId });
  expect(exchanges).toHaveLength(2);
  for (const exchange of exchanges) {
    expect(exchange).toMatchObject({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      client_id: clientId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: expect.stringMatching(/^token-\d+$/) as string,
    });
    expect(exchange).not.toHaveProperty('client_secret');
  }
  expect(exchanges.map((exchange) => exchange.assertion).sort()).toEqual(['adele', 'bob']);
});

test.each([{}, { credential: 'onBehalfOf', clientId }])(
  'an identity that the app does not have is 503 for the caller, and the log says what the platform said: %j',
  async (settings) => {
    authority.next({ status: 400, body: { statusCode: 400, message: 'No User Assigned Identity found.' } });
    const tokens = open({ ...settings, managedIdentityClientId: '44444444-4444-4444-8444-444444444444' });
    const error: unknown = await tokens.get({ token: 'adele', tenantId }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status: 503, code: 'serviceNotAvailable', headers: {} });
    expect(((error as Error).cause as Error).message).toMatch(/gives no token: 400 No User Assigned Identity found\.$/);
  },
);

test('what was agreed with the first request holds for the first request only', async () => {
  await new Promise((resolve) => setTimeout(resolve, timeoutMs));
  expect(await open({ baseUrl: 'https://dod-graph.microsoft.us' }).get({ tenantId })).toMatch(/^token-/);
});
