import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { localCertificate } from '../../host/localCertificate.ts';
import { testCertificate } from '../support/certificate.ts';
import { linuxBox } from '../support/devices.ts';
import * as entra from '../support/entraTenant.ts';
import { fakeAuthority, type Asked, type FakeAuthority } from '../support/fakeAuthority.ts';
import { faultyUpstream, type FaultyUpstream } from '../support/faultyUpstream.ts';
import { send, type Answer } from '../support/send.ts';
import { endLeftOvers, startApp, type RunningApp } from '../support/startApp.ts';

const { adele, contoso, fabrikam, grady, intuneAdministrator, registrar } = entra;
const identityId = '33333333-3333-4333-8333-333333333333';
const clientSecret = 'sesame-that-nobody-may-see';

/** Everything said by the gateways of this file, in answers and logs. */
const said: string[] = [];
/** Everything that none of them may say. */
const secrets = new Set([clientSecret]);

const folder = mkdtempSync(join(tmpdir(), 'registrar-tenant-'));
let key: entra.SigningKey;
let authority: FakeAuthority;
let directory: RunningApp;
let graph: FaultyUpstream;
const gateways: ChildProcess[] = [];

/** A tenant on loopback: an authority over https, and Graph over https, played by the app itself in another process. */
beforeAll(async () => {
  key = await entra.signingKey('first');
  const tls = await localCertificate(folder, new Date());
  authority = await fakeAuthority({ tls, keys: [key.publicJwk] });
  directory = await startApp({ EMULATOR_STORE: 'memory', TRUST_FORWARDED: 'true' });
  graph = await faultyUpstream(directory.base, 0, undefined, tls);
});
beforeEach(() => {
  authority.asked.length = 0;
  graph.headers.length = 0;
});
afterEach(async () => {
  for (const gateway of gateways.splice(0)) {
    const ended = once(gateway, 'exit');
    gateway.disconnect();
    expect(await ended).toEqual([0, null]);
  }
});
afterAll(async () => {
  await graph.stop();
  await authority.close();
  await directory.stop();
  endLeftOvers();
  rmSync(folder, { recursive: true });
});

/** Starts a gateway to that tenant. @returns its origin */
async function open(settings: Record<string, string>): Promise<string> {
  const env = {
    DIRECTORY_MODE: 'graph',
    AUTH_MODE: 'entra',
    ENTRA_TENANT_IDS: contoso,
    ENTRA_AUDIENCES: registrar,
    GRAPH_BASE_URL: graph.base,
    GRAPH_AUTHORITY_HOST: authority.base,
    GRAPH_TENANT_ID: contoso,
    GRAPH_CLIENT_ID: registrar,
    GRAPH_TIME_BUDGET_S: '5',
    ...settings,
  };
  const gateway = fork(resolve('test/gateway/gatewayProcess.ts'), [JSON.stringify(env), authority.base], {
    env: {
      PATH: process.env.PATH,
      NODE_EXTRA_CA_CERTS: join(folder, 'https', 'localhost.crt'),
      IDENTITY_ENDPOINT: `${authority.base}/msi/token`,
      IDENTITY_HEADER: 'header-of-this-instance',
    },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  gateways.push(gateway);
  for (const stream of [gateway.stdout, gateway.stderr])
    stream?.on('data', (chunk: Buffer) => said.push(String(chunk)));
  const [base] = (await once(gateway, 'message')) as [string];
  return base;
}

const onBehalfOf = { GRAPH_CREDENTIAL: 'onBehalfOf', GRAPH_CLIENT_SECRET: clientSecret };

async function tokenOf(claims: entra.Claims): Promise<string> {
  const token = await entra.signed(claims, key);
  secrets.add(token);
  return token;
}
const userToken = (changes: entra.Claims = {}): Promise<string> =>
  tokenOf(entra.userClaims(new Date(), { wids: [intuneAdministrator], ...changes }));

async function call(base: string, method: string, path: string, token: string, body?: object): Promise<Answer> {
  const answer = await send(base, {
    method,
    path: `/v1.0${path}`,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body ? JSON.stringify(body) : '',
  });
  said.push(JSON.stringify(answer.headers), answer.text);
  return answer;
}
const codesOf = ({ text }: Answer): string[] => {
  const { error } = JSON.parse(text) as { error?: { code: string; details?: { code: string }[] } };
  return error ? [error.code, ...(error.details ?? []).map(({ code }) => code)] : [];
};
/** Questions about tokens; where keys and endpoints are is asked by and by, too. */
const asked = (): Asked[] => authority.asked.filter(({ path }) => path.endsWith('/token'));
const tokensSeen = (): Set<string | undefined> => new Set(graph.headers.map(({ authorization }) => authorization));

test('onBehalfOf: Graph is called as the user with a token of its own, which a hundred requests at once ask for once', async () => {
  const base = await open(onBehalfOf);
  const token = await userToken();
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => call(base, 'POST', '/devices', token, linuxBox())),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  expect(asked()).toMatchObject([
    {
      path: `/${contoso}/oauth2/v2.0/token`,
      fields: {
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        requested_token_use: 'on_behalf_of',
        assertion: token,
        client_secret: clientSecret,
        scope: expect.stringMatching(`^${graph.base}/.default\\b`) as string,
      },
    },
  ]);
  expect(tokensSeen().size).toBe(1);
  expect([...tokensSeen()][0]).toMatch(/^Bearer token-\d+$/);
});

test('onBehalfOf without a secret: a managed identity vouches for the app registration', async () => {
  const base = await open({ GRAPH_CREDENTIAL: 'onBehalfOf', GRAPH_MANAGED_IDENTITY_CLIENT_ID: identityId });
  expect((await call(base, 'POST', '/devices', await userToken(), linuxBox())).status).toBe(201);
  const [identity, exchange] = asked();
  expect(identity).toMatchObject({
    path: '/msi/token',
    fields: { client_id: identityId, resource: 'api://AzureADTokenExchange' },
  });
  expect(exchange?.fields.client_assertion).toMatch(/^token-\d+$/);
  expect(exchange?.fields).not.toHaveProperty('client_secret');
});

test("a challenge of Continuous Access Evaluation is answered with a token that has the claims, and the caller doesn't notice", async () => {
  const base = await open(onBehalfOf);
  const token = await userToken();
  const claims = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}';
  graph.next({
    status: 401,
    headers: {
      'WWW-Authenticate': `Bearer realm="", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`,
    },
  });
  expect((await call(base, 'POST', '/devices', token, linuxBox())).status).toBe(201);
  expect(asked()).toHaveLength(2);
  const claimed = JSON.parse(asked()[1]?.fields.claims ?? '{}') as { access_token?: { nbf?: unknown } };
  expect(claimed.access_token?.nbf).toEqual({ essential: true, value: '1604106651' });
  expect(tokensSeen().size).toBe(2);
});

test('a token of this service that Graph refuses is our fault: 503, and no challenge that the caller could not meet', async () => {
  const base = await open(onBehalfOf);
  const refused = {
    status: 401,
    headers: { 'WWW-Authenticate': 'Bearer realm="", authorization_uri="https://login.microsoftonline.com"' },
    body: { error: { code: 'InvalidAuthenticationToken', message: 'Access token validation failure.' } },
  };
  graph.next(refused);
  const answer = await call(base, 'POST', '/devices', await userToken(), linuxBox());
  expect([answer.status, ...codesOf(answer)]).toEqual([503, 'serviceNotAvailable']);
  expect(answer.headers).not.toHaveProperty('www-authenticate');
});

test('managedIdentity: Graph does not see the user, so the user needs the role that Graph would ask for', async () => {
  const base = await open({ GRAPH_CREDENTIAL: 'managedIdentity' });
  const roleless = await userToken({ wids: [] });
  const box = linuxBox();
  const refused = await call(base, 'POST', '/devices', roleless, box);
  expect([refused.status, ...codesOf(refused)]).toEqual([403, 'Authorization_RequestDenied', 'MissingDirectoryRole']);
  const created = await call(base, 'POST', '/devices', await userToken(), box);
  expect(created.status).toBe(201);
  const { id } = JSON.parse(created.text) as { id: string };
  expect((await call(base, 'POST', '/me/registeredDevices/$ref', roleless, { id })).status).toBe(403);
  expect((await call(base, 'POST', '/me/registeredDevices/$ref', await userToken(), { id })).status).toBe(201);
  const listed = await call(base, 'GET', `/users/${adele}/registeredDevices`, await userToken({ scp: 'User.Read' }));
  expect(JSON.parse(listed.text)).toMatchObject({ value: [{ id }] });
  const nightJob = await tokenOf(entra.applicationClaims(new Date()));
  expect((await call(base, 'POST', '/devices', nightJob, linuxBox())).status).toBe(201);
});

test('clientCertificate: the app shows who it is by a signature, and its key goes nowhere', async () => {
  const { certificate, privateKey } = testCertificate();
  const path = join(folder, 'app.pem');
  writeFileSync(path, certificate + privateKey);
  secrets.add(privateKey.split('\n')[1] ?? '');
  const base = await open({ GRAPH_CREDENTIAL: 'clientCertificate', GRAPH_CLIENT_CERTIFICATE_PATH: path });
  expect((await call(base, 'POST', '/devices', await userToken(), linuxBox())).status).toBe(201);
  expect(asked()).toHaveLength(1);
  expect(asked()[0]?.fields).toMatchObject({
    grant_type: 'client_credentials',
    client_assertion: expect.stringMatching(/^eyJ/) as string,
  });
  secrets.add(asked()[0]?.fields.client_assertion ?? '');
});

test('easyauth: an administrator of another tenant is nobody here, and the own tenant may call', async () => {
  const base = await open({
    GRAPH_CREDENTIAL: 'managedIdentity',
    AUTH_MODE: 'easyauth',
    WEBSITE_AUTH_ENABLED: 'true',
  });
  const create = (tid: string): Promise<Answer> => {
    const claims = entra.userClaims(new Date(), { tid });
    const listed = Object.entries<unknown>({ ...claims, wids: intuneAdministrator }).map(([typ, val]) => ({
      typ,
      val: String(val),
    }));
    const principal = Buffer.from(JSON.stringify({ auth_typ: 'aad', claims: listed })).toString('base64');
    return send(base, {
      method: 'POST',
      path: '/v1.0/devices',
      headers: { 'x-ms-client-principal': principal, 'content-type': 'application/json' },
      body: JSON.stringify(linuxBox()),
    });
  };
  expect([(await create(fabrikam)).status, asked(), graph.headers]).toEqual([401, [], []]);
  expect((await create(contoso)).status).toBe(201);
});

test('what a caller may not read is not asked of Graph, which would answer the app', async () => {
  const base = await open({ GRAPH_CREDENTIAL: 'managedIdentity' });
  const reader = await userToken({ scp: 'User.Read' });
  const expanded = await call(base, 'GET', '/me/registeredDevices?$expand=registeredOwners', reader);
  expect([expanded.status, ...codesOf(expanded), graph.headers]).toEqual([
    403,
    'Authorization_RequestDenied',
    'MissingPermission',
    [],
  ]);
  const basic = await call(base, 'GET', `/users/${grady}`, await userToken({ scp: 'User.ReadBasic.All' }));
  expect(basic.status).toBe(200);
  expect(JSON.parse(basic.text)).not.toHaveProperty('mobilePhone');
});

test('onBehalfOf: an application has no user, is told so, and the authority is not asked', async () => {
  const base = await open(onBehalfOf);
  const answer = await call(base, 'POST', '/devices', await tokenOf(entra.applicationClaims(new Date())), linuxBox());
  expect([answer.status, ...codesOf(answer), asked()]).toEqual([
    403,
    'Authorization_RequestDenied',
    'UserRequired',
    [],
  ]);
});

test('an authority that says nothing costs nobody more than the time of a request, and then no time at all', async () => {
  const base = await open({ ...onBehalfOf, GRAPH_TIME_BUDGET_S: '1' });
  await call(base, 'POST', '/devices', await userToken({ sub: 'whoever waits for the libraries' }), linuxBox());
  graph.headers.length = 0;
  authority.next('hang');
  const silent = await call(base, 'POST', '/devices', await userToken(), linuxBox());
  expect([silent.status, Number(silent.headers['retry-after']) > 0]).toEqual([503, true]);
  const before = asked().length;
  const tokens = await Promise.all(Array.from({ length: 10 }, (_, index) => userToken({ sub: `user-${index}` })));
  const answers = await Promise.all(tokens.map((token) => call(base, 'POST', '/devices', token, linuxBox())));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
  expect([asked().length, graph.headers]).toEqual([before, []]);
});

test('who may not call, or not for somebody else, gets nothing through to the authority or to Graph', async () => {
  const base = await open(onBehalfOf);
  const foreign = await tokenOf(
    entra.userClaims(new Date(), { tid: fabrikam, iss: `https://login.microsoftonline.com/${fabrikam}/v2.0` }),
  );
  const tokens: [string, string, number][] = [
    [foreign, '/me/registeredDevices/$ref', 401],
    [await userToken({ aud: '00000003-0000-0000-c000-000000000000' }), '/me/registeredDevices/$ref', 401],
    [await userToken({ exp: entra.seconds(new Date()) - 3600 }), '/me/registeredDevices/$ref', 401],
    [await userToken({ scp: 'User.Read' }), '/me/registeredDevices/$ref', 403],
    [await userToken({ wids: [] }), `/users/${grady}/registeredDevices/$ref`, 403],
    ['eyJhbGciOiJub25lIn0.eyJ0aWQiOiJ4In0.', '/me/registeredDevices/$ref', 401],
  ];
  for (const [token, path, status] of tokens) {
    const answer = await call(base, 'POST', path, token, { id: adele });
    expect([path, answer.status]).toEqual([path, status]);
  }
  expect([asked(), graph.headers]).toEqual([[], []]);
});

test('an authority that gives no token is told to the log without any secret, and to the caller as 503', async () => {
  const base = await open(onBehalfOf);
  authority.next({
    status: 401,
    body: { error: 'invalid_client', error_description: `AADSTS7000215: Invalid client secret '${clientSecret}'.` },
  });
  const before = said.length;
  const answer = await call(base, 'POST', '/devices', await userToken(), linuxBox());
  expect([answer.status, ...codesOf(answer)]).toEqual([503, 'serviceNotAvailable']);
  while (!said.slice(before).join('').includes('invalid_client')) await new Promise((done) => setTimeout(done, 20));
});

test('no answer and no line of the log held a token or a secret', () => {
  const text = said.join('\n');
  expect(text.length).toBeGreaterThan(10_000);
  const shown = [...secrets].filter((secret) => text.includes(secret) || text.includes(secret.split('.')[2] ?? secret));
  expect(shown).toEqual([]);
  expect(text).not.toMatch(/\btoken-\d+|Bearer ey|header-of-this-instance/);
});
