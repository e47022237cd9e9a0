import { createHash, createPublicKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compactVerify, decodeProtectedHeader } from 'jose';
import { graphTokens, type CredentialSettings } from '../../../shared/directory/graph/credentials.ts';
import type { GraphTokens } from '../../../shared/directory/graph/graphTokens.ts';
import { testCertificate } from '../../support/certificate.ts';
import { fakeAuthority, type FakeAuthority } from '../../support/fakeAuthority.ts';

const tenantId = '11111111-1111-4111-8111-111111111111';
const clientId = '22222222-2222-4222-8222-222222222222';
const identityId = '33333333-3333-4333-8333-333333333333';
const adele = { token: 'token-of-adele', tenantId };
const bob = { token: 'token-of-bob', tenantId };
const tokenPath = `/${tenantId}/oauth2/v2.0/token`;
const claims = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}';

let authority: FakeAuthority;
beforeEach(async () => (authority = await fakeAuthority()));
afterEach(() => authority.close());

const folder = mkdtempSync(join(tmpdir(), 'registrar-credentials-'));
afterAll(() => rmSync(folder, { recursive: true }));

const clock = { now: () => new Date() };
const open = (credential: string, settings: Partial<CredentialSettings> = {}, now = clock.now): GraphTokens =>
  graphTokens(
    { credential, baseUrl: 'https://graph.microsoft.com', tenantId, clientId, ...settings },
    { now, warn: () => undefined, httpClient: authority.httpClient, timeoutMs: 15_000 },
  );

test('a client secret is exchanged for a token of the app, at the login service of the cloud', async () => {
  const tokens = open('clientSecret', { clientSecret: 'sesame' });
  expect(await tokens.get(adele)).toBe('token-1');
  expect(authority.asked).toMatchObject([
    {
      method: 'POST',
      host: 'login.microsoftonline.com',
      path: tokenPath,
      fields: {
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: 'sesame',
        scope: 'https://graph.microsoft.com/.default',
      },
    },
  ]);
});

test.each([
  ['https://graph.microsoft.us', ['login.microsoftonline.us']],
  ['https://dod-graph.microsoft.us', ['login.microsoftonline.us']],
  // Both names are in use; the libraries know them as one.
  ['https://microsoftgraph.chinacloudapi.cn', ['login.chinacloudapi.cn', 'login.partner.microsoftonline.cn']],
])(
  'for %s a token comes from the login service of the same cloud, and is of use nowhere else',
  async (baseUrl, hosts) => {
    await open('clientSecret', { clientSecret: 'sesame', baseUrl }).get(adele);
    expect(authority.asked).toHaveLength(1);
    expect(hosts).toContain(authority.asked[0]?.host);
    expect(authority.asked[0]?.fields.scope).toBe(`${baseUrl}/.default`);
  },
);

test('a login service of one own is asked without asking Microsoft about it', async () => {
  const settings = { clientSecret: 'sesame', authorityHost: 'https://login.contoso.com' };
  await open('clientSecret', settings).get(adele);
  expect(authority.asked.map(({ host, path }) => host + path)).toEqual([
    `login.contoso.com/${tenantId}/v2.0/.well-known/openid-configuration`,
    `login.contoso.com${tokenPath}`,
  ]);
});

test.each(['clientCertificate', 'onBehalfOf'])(
  '%s: a certificate signs an assertion of its own for every request; the key goes nowhere',
  async (credential) => {
    const { certificate, privateKey, publicKey } = testCertificate();
    const clientCertificatePath = join(folder, 'app.pem');
    writeFileSync(clientCertificatePath, certificate + privateKey);
    expect(await open(credential, { clientCertificatePath }).get(adele)).toBe('token-1');
    const { client_assertion = '', ...fields } = authority.asked[0]?.fields ?? {};
    expect(fields.client_assertion_type).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    expect(fields).not.toHaveProperty('client_secret');
    const key = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' }));
    const signed = JSON.parse(new TextDecoder().decode((await compactVerify(client_assertion, key)).payload)) as object;
    expect(signed).toMatchObject({ iss: clientId, sub: clientId });
    const der = Buffer.from(certificate.replace(/-----[^-]+-----|\s/g, ''), 'base64');
    expect(decodeProtectedHeader(client_assertion)['x5t#S256']).toBe(
      createHash('sha256').update(der).digest('base64url'),
    );
  },
);

test("on-behalf-of exchanges the user's token for one with which the app acts as the user", async () => {
  const tokens = open('onBehalfOf', { clientSecret: 'sesame' });
  expect(await tokens.get(adele)).toBe('token-1');
  expect(authority.asked).toMatchObject([
    {
      path: tokenPath,
      fields: {
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        requested_token_use: 'on_behalf_of',
        assertion: adele.token,
        client_id: clientId,
        client_secret: 'sesame',
      },
    },
  ]);
  expect(authority.asked[0]?.fields.scope?.split(' ')).toContain('https://graph.microsoft.com/.default');
});

test('on-behalf-of gives every user a token of their own, and every token of a user as well', async () => {
  const tokens = open('onBehalfOf', { clientSecret: 'sesame' });
  const ofAdele = await tokens.get(adele);
  const ofBob = await tokens.get(bob);
  expect(ofBob).not.toBe(ofAdele);
  expect(await tokens.get({ ...adele, token: 'another-token-of-adele' })).not.toBe(ofAdele);
  expect(await tokens.get(adele)).toBe(ofAdele);
  expect(authority.asked).toHaveLength(3);
});

test('a hundred requests at once ask the authority once for each user', async () => {
  const tokens = open('onBehalfOf', { clientSecret: 'sesame' });
  authority.delayMs = 50;
  const given = await Promise.all(Array.from({ length: 100 }, (_, index) => tokens.get(index % 2 ? adele : bob)));
  expect(new Set(given).size).toBe(2);
  expect(authority.asked).toHaveLength(2);
  const app = open('clientSecret', { clientSecret: 'sesame' });
  expect(new Set(await Promise.all(Array.from({ length: 100 }, () => app.get(adele)))).size).toBe(1);
  expect(authority.asked).toHaveLength(3);
});

test('on-behalf-of never crosses tenants, and a token of no known tenant counts as foreign', async () => {
  const tokens = open('onBehalfOf', { clientSecret: 'sesame' });
  await tokens.get(adele);
  for (const foreign of [{ ...adele, tenantId: identityId }, { token: adele.token }]) {
    await expect(tokens.get(foreign)).rejects.toMatchObject({
      code: 'Authorization_RequestDenied',
      status: 403,
      details: [{ code: 'TenantMismatch' }],
    });
  }
  expect(await tokens.get({ ...adele, tenantId: tenantId.toUpperCase() })).toBe('token-1');
  expect(authority.asked).toHaveLength(1);
});

test.each(['clientSecret', 'azureCli', 'managedIdentity'])(
  '%s: nobody of another tenant acts with a credential of the app, and the authority is not asked',
  async (credential) => {
    const tokens = open(credential, { clientSecret: 'sesame' });
    for (const foreign of [{ ...adele, tenantId: identityId }, { token: adele.token }]) {
      await expect(tokens.get(foreign)).rejects.toMatchObject({ status: 403, details: [{ code: 'TenantMismatch' }] });
    }
    expect(authority.asked).toEqual([]);
  },
);

test('on-behalf-of refuses an application, and the authority is not asked', async () => {
  const tokens = open('onBehalfOf', { clientSecret: 'sesame' });
  await expect(tokens.get({ ...adele, kind: 'application' })).rejects.toMatchObject({
    code: 'Authorization_RequestDenied',
    details: [{ code: 'UserRequired' }],
  });
  expect(authority.asked).toEqual([]);
});

test.each(['onBehalfOf', 'callerToken'])('%s: a caller without a token gets 401', async (credential) => {
  await expect(open(credential, { clientSecret: 'sesame' }).get({ tenantId })).rejects.toMatchObject({
    code: 'InvalidAuthenticationToken',
    headers: { 'WWW-Authenticate': expect.stringMatching(/^Bearer /) as string },
  });
});

test('a token is renewed in the background before it ends, by a real request', async () => {
  let ahead = 0;
  const tokens = open('clientSecret', { clientSecret: 'sesame' }, () => new Date(Date.now() + ahead));
  expect(await tokens.get(adele)).toBe('token-1');
  ahead = 56 * 60_000;
  expect(await tokens.get(adele)).toBe('token-1');
  const patience = Date.now() + 5000;
  while ((await tokens.get(adele)) === 'token-1' && Date.now() < patience) await new Promise(setImmediate);
  expect(await tokens.get(adele)).toBe('token-2');
  expect(authority.asked).toHaveLength(2);
});

test.each(['clientSecret', 'onBehalfOf'])(
  '%s: every token is asked for as by a client that can be challenged, and a challenge brings a new one with its claims',
  async (credential) => {
    const tokens = open(credential, { clientSecret: 'sesame' });
    expect(await tokens.get(adele)).toBe('token-1');
    expect(await tokens.get(adele, claims)).toBe('token-2');
    expect(await tokens.get(adele)).toBe('token-2');
    const [first, second] = authority.asked.map(({ fields }) => JSON.parse(fields.claims ?? '{}') as object);
    expect(first).toMatchObject({ access_token: { xms_cc: { values: ['cp1'] } } });
    expect(second).toMatchObject({
      access_token: { xms_cc: { values: ['cp1'] }, nbf: { essential: true, value: '1604106651' } },
    });
  },
);

test("callerToken passes the caller's token on, asks nobody, and sends a challenged caller back with the claims", async () => {
  const tokens = open('callerToken');
  expect(await tokens.get({ token: 'adele' })).toBe('adele');
  await expect(tokens.get({ token: 'adele' }, claims)).rejects.toMatchObject({
    code: 'InvalidAuthenticationToken',
    headers: {
      'WWW-Authenticate': expect.stringContaining(
        `error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`,
      ) as string,
    },
  });
  expect(authority.asked).toEqual([]);
});

test('a credential that is not there is refused', () => {
  expect(() => open('delegatedSession')).toThrow("There is no credential 'delegatedSession'.");
  expect(() => open('clientSecret')).toThrow('needs clientSecret');
});
