import { inspect } from 'node:util';
import { GraphError } from '../../../shared/contract/errors.ts';
import { claimsOf } from '../../../shared/directory/graph/claimsChallenge.ts';
import { graphTokens } from '../../../shared/directory/graph/credentials.ts';
import type { GraphTokens } from '../../../shared/directory/graph/graphTokens.ts';
import { fakeAuthority, type FakeAuthority } from '../../support/fakeAuthority.ts';
import { unsignedToken } from '../../support/tokens.ts';

const tenantId = '11111111-1111-4111-8111-111111111111';
const clientId = '22222222-2222-4222-8222-222222222222';
const clientSecret = 'sesame-7fW8Q~open';
const userToken = unsignedToken({ oid: 'adele', tid: tenantId });
const adele = { token: userToken, tenantId };

let authority: FakeAuthority;
beforeEach(async () => (authority = await fakeAuthority()));
afterEach(() => authority.close());

const open = (credential = 'onBehalfOf', timeoutMs = 5000, now = () => new Date()): GraphTokens =>
  graphTokens(
    { credential, baseUrl: 'https://graph.microsoft.com', tenantId, clientId, clientSecret },
    { now, warn: () => undefined, httpClient: authority.httpClient, timeoutMs },
  );

/** The error with which there is no token; nothing secret is anywhere in it. */
async function refusal(tokens: GraphTokens): Promise<GraphError & { cause?: unknown }> {
  const error: unknown = await tokens.get(adele).catch((thrown: unknown) => thrown);
  if (!(error instanceof GraphError)) throw new Error(`No GraphError: ${inspect(error)}`);
  const everything = inspect(error, { depth: Infinity, showHidden: true });
  for (const secret of [userToken, userToken.split('.')[1] ?? '', clientSecret]) {
    expect(everything).not.toContain(secret);
  }
  return error;
}

const lineOf = ({ cause }: { cause?: unknown }): string => (cause as Error).message;

test('a user who has to sign in again gets 403 with the claims that are asked for', async () => {
  const claims = '{"access_token":{"capolids":{"essential":true,"values":["c1"]}}}';
  authority.next({
    status: 400,
    body: {
      error: 'interaction_required',
      error_description: `AADSTS50076: Use multi-factor authentication.\r\nTrace ID: 1 for ${userToken} by ${clientSecret}`,
      error_codes: [50076],
      suberror: 'basic_action',
      claims,
    },
  });
  const error = await refusal(open());
  expect(error).toMatchObject({
    code: 'Authorization_RequestDenied',
    status: 403,
    details: [{ code: 'InteractionRequired', message: expect.stringContaining('(AADSTS50076)') as string }],
  });
  expect(claimsOf(error.headers['WWW-Authenticate'])).toBe(claims);
  expect(lineOf(error)).toBe(
    'login.microsoftonline.com gives no token: 400 interaction_required AADSTS50076: Use multi-factor authentication. Trace ID: 1 for … by …',
  );
});

test('where nobody has consented the answer says that an administrator can help, and challenges nobody', async () => {
  authority.next({
    status: 400,
    body: {
      error: 'invalid_grant',
      suberror: 'consent_required',
      error_codes: [65001],
      error_description: 'AADSTS65001: no',
    },
  });
  const error = await refusal(open());
  expect(error).toMatchObject({ status: 403, details: [{ code: 'ConsentRequired' }], headers: {} });
  expect(error.details[0]?.message).toMatch(/An administrator can grant it/);
});

test('a user token that has ended in between gets 401', async () => {
  authority.next({
    status: 400,
    body: { error: 'invalid_grant', error_codes: [500133], error_description: 'AADSTS500133: Assertion is not valid.' },
  });
  expect(await refusal(open())).toMatchObject({ status: 401, code: 'InvalidAuthenticationToken' });
});

test.each(['onBehalfOf', 'clientSecret'])(
  '%s: a wrong secret is 503 for the caller, who can do nothing about it, and a clear line for the log',
  async (credential) => {
    authority.next({
      status: 401,
      body: {
        error: 'invalid_client',
        error_codes: [7000215],
        error_description: `AADSTS7000215: Invalid client secret provided: ${clientSecret}`,
      },
    });
    const error = await refusal(open(credential));
    expect(error).toMatchObject({ status: 503, code: 'serviceNotAvailable', headers: {}, details: [] });
    expect(error.message).not.toContain('AADSTS');
    expect(lineOf(error)).toBe(
      'login.microsoftonline.com gives no token: 401 invalid_client AADSTS7000215: Invalid client secret provided: …',
    );
  },
);

test('an app that the authority refuses is never the fault of a user', async () => {
  authority.next({ status: 400, body: { error: 'invalid_grant', error_description: 'AADSTS700016: not found' } });
  expect(await refusal(open('clientSecret'))).toMatchObject({ status: 503 });
});

test('an authority that fails now and then is asked again', async () => {
  authority.next({ status: 503, body: '<html>' }, { status: 500, body: '' });
  expect(await open().get(adele)).toBe('token-1');
  expect(authority.asked).toHaveLength(3);
});

test('an authority that wants to be left alone is left alone, and callers are told for how long', async () => {
  authority.next({ status: 429, headers: { 'Retry-After': '30' }, body: {} });
  expect(await refusal(open())).toMatchObject({ status: 503, headers: { 'Retry-After': '30' } });
  expect(authority.asked).toHaveLength(1);
  const inAMinute = new Date(Date.now() + 60_000).toUTCString();
  authority.next({ status: 503, headers: { 'Retry-After': inAMinute }, body: {} });
  const { headers } = await refusal(open());
  expect(Number(headers['Retry-After'])).toBeGreaterThan(50);
  expect(Number(headers['Retry-After'])).toBeLessThanOrEqual(60);
});

test('an authority that cannot be reached is 503 with Retry-After', async () => {
  await authority.close();
  const error = await refusal(open());
  expect(error).toMatchObject({ status: 503, headers: { 'Retry-After': '10' } });
  expect(lineOf(error)).toBe('login.microsoftonline.com cannot be reached: ECONNREFUSED.');
  authority = await fakeAuthority();
});

test('an authority that does not answer is given up in time', async () => {
  authority.next('hang', 'hang', 'hang');
  const begun = Date.now();
  const error = await refusal(open('onBehalfOf', 300));
  expect(Date.now() - begun).toBeLessThan(2000);
  expect(error).toMatchObject({ status: 503, headers: { 'Retry-After': '10' } });
  expect(lineOf(error)).toMatch(/^login\.microsoftonline\.com cannot be reached: /);
});

test('an authority that answers where its parts are, and then no more, is one that cannot be reached', async () => {
  authority.next('hang');
  const settings = { baseUrl: 'https://graph.microsoft.com', tenantId, clientId, clientSecret };
  const tokens = graphTokens(
    { credential: 'onBehalfOf', authorityHost: 'https://login.contoso.com', ...settings },
    { now: () => new Date(), warn: () => undefined, httpClient: authority.httpClient, timeoutMs: 300 },
  );
  expect(lineOf(await refusal(tokens))).toMatch(/^login\.contoso\.com cannot be reached: /);
  expect(authority.asked.map(({ path }) => path.split('/').at(-1))).toEqual(['openid-configuration', 'token']);
});

test('an answer that is none is 503, and nothing of it is shown', async () => {
  authority.next({ status: 200, body: { token_type: 'Bearer', hint: clientSecret } });
  expect(await refusal(open())).toMatchObject({ status: 503 });
  authority.next({ status: 404, body: `<html>${clientSecret}</html>` });
  expect(lineOf(await refusal(open()))).toBe('login.microsoftonline.com gives no token: 404');
});

test('while the authority cannot be reached nobody waits for it: it is asked again when the time that callers were told is over', async () => {
  let ahead = 0;
  const now = (): Date => new Date(Date.now() + ahead);
  const tokens = open('onBehalfOf', 300, now);
  authority.next('hang');
  await refusal(tokens);
  const asked = authority.asked.length;
  const bob = { token: unsignedToken({ oid: 'bob', tid: tenantId }), tenantId };
  await expect(tokens.get(bob)).rejects.toMatchObject({ status: 503, headers: { 'Retry-After': '10' } });
  ahead = 4_500;
  await expect(tokens.get(bob)).rejects.toMatchObject({ headers: { 'Retry-After': '6' } });
  expect(authority.asked).toHaveLength(asked);
  ahead = 10_001;
  expect(await tokens.get(bob)).toBe('token-1');
});

test('an authority that wants rest gets what it asks for, but no longer than a minute, and not for the sake of one user', async () => {
  let ahead = 0;
  const now = (): Date => new Date(Date.now() + ahead);
  const tokens = open('clientSecret', 5000, now);
  authority.next({ status: 503, headers: { 'Retry-After': '3600' }, body: {} });
  await refusal(tokens);
  ahead = 59_000;
  await refusal(tokens);
  expect(authority.asked).toHaveLength(1);
  ahead = 61_000;
  expect(await tokens.get(adele)).toBe('token-1');
  const ofUsers = open();
  authority.next({ status: 429, headers: { 'Retry-After': '30' }, body: {} });
  await refusal(ofUsers);
  expect(await ofUsers.get({ ...adele, token: 'another' })).toBe('token-2');
});

test('where the authority says yes and gives no token, the log has the reason of the library', async () => {
  authority.next({ status: 200, body: { token_type: 'Bearer' } });
  expect(lineOf(await refusal(open('clientSecret')))).toMatch(
    /^login\.microsoftonline\.com gives no token: 200 \S.{10,}$/,
  );
});

test('a refusal is not remembered: the next request asks again', async () => {
  const tokens = open();
  authority.next({ status: 401, body: { error: 'invalid_client' } });
  await refusal(tokens);
  expect(await tokens.get(adele)).toBe('token-1');
});

test('without the Azure CLI, or its login, the log says what to do', async () => {
  const path = process.env.PATH;
  process.env.PATH = '/nowhere';
  try {
    const error = await refusal(open('azureCli'));
    expect(error).toMatchObject({ status: 503 });
    expect(lineOf(error)).toMatch(/Azure CLI could not be found/);
  } finally {
    process.env.PATH = path;
  }
});
