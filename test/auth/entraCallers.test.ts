import { createHmac, createPublicKey } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { exportJWK, importJWK, SignJWT } from 'jose';
import type { Caller } from '../../shared/auth/caller.ts';
import { entraCallers, type EntraOptions } from '../../shared/auth/entraCallers.ts';
import { GraphError } from '../../shared/contract/errors.ts';
import * as entra from '../support/entraTenant.ts';
import { bearing, unsignedToken } from '../support/tokens.ts';

const { contoso, fabrikam, registrar, registrarUri } = entra;
const now = new Date('2026-01-15T09:30:00Z');
const seconds = entra.seconds(now);

let key: entra.SigningKey;
let login: entra.LoginHost;
beforeAll(async () => {
  key = await entra.signingKey('first');
});
beforeEach(async () => {
  login = await entra.loginHost([key.publicJwk]);
});
afterEach(() => login.stop());

const callers = (changes: Partial<EntraOptions> = {}): ((token: string) => Promise<Caller>) => {
  const identify = entraCallers({
    cloud: 'global',
    tenantIds: [contoso],
    audiences: [registrar, registrarUri],
    clockToleranceS: 300,
    fetch: login.fetch,
    now: () => now,
    ...changes,
  });
  return async (token) => identify(bearing(token));
};

const user = (changes: entra.Claims = {}): Promise<string> => entra.signed(entra.userClaims(now, changes), key);
const application = (changes: entra.Claims = {}): Promise<string> =>
  entra.signed(entra.applicationClaims(now, changes), key);

/** The error that a token ends with. */
const refusal = (token: string, identify = callers()): Promise<GraphError> =>
  identify(token).then(
    () => Promise.reject(new Error('The token was accepted.')),
    (thrown: unknown) => thrown as GraphError,
  );

const failed = (code: string, target?: string): object => ({
  code: 'InvalidAuthenticationToken',
  status: 401,
  message: 'Access token validation failure.',
  details: [expect.objectContaining({ code, ...(target && { target }) })],
});

describe('a token that is right', () => {
  test('of a user names the user, the tenant, the client, the delegated permissions and the directory roles', async () => {
    const token = await user({ wids: [entra.intuneAdministrator], roles: ['Device.ReadWrite.All'] });
    const caller = await callers()(token);
    expect(caller).toEqual({
      kind: 'user',
      id: entra.adele,
      appRoles: new Set(['Device.ReadWrite.All']),
      tenantId: contoso,
      applicationId: entra.workflow,
      permissions: new Set(['Directory.AccessAsUser.All', 'Device.Read.All']),
      directoryRoles: new Set([entra.intuneAdministrator]),
      token: expect.any(Function) as () => string,
    });
    expect(caller.token?.()).toBe(token);
  });

  test('of an application names its service principal and the application permissions', async () => {
    const expected = {
      kind: 'application',
      id: entra.nightJob,
      permissions: new Set(['Device.ReadWrite.All']),
      directoryRoles: new Set(),
    };
    expect(await callers()(await application())).toMatchObject(expected);
    expect(await callers()(await application({ idtyp: 'app', sub: undefined }))).toMatchObject(expected);
  });

  test('of version 1 names its client in appid, its issuer in the older form and its audience as a URI', async () => {
    const old = {
      ver: '1.0',
      iss: `https://sts.windows.net/${contoso}/`,
      aud: registrarUri,
      azp: undefined,
      appid: entra.workflow,
    };
    expect(await callers()(await user(old))).toMatchObject({ id: entra.adele, applicationId: entra.workflow });
  });

  test.each([
    [
      'global',
      'https://login.microsoftonline.com',
      ['https://login.microsoftonline.com/T/v2.0', 'https://sts.windows.net/T/'],
    ],
    [
      'usGov',
      'https://login.microsoftonline.us',
      ['https://login.microsoftonline.us/T/v2.0', 'https://sts.windows.net/T/'],
    ],
    [
      'usDod',
      'https://login.microsoftonline.us',
      ['https://login.microsoftonline.us/T/v2.0', 'https://sts.windows.net/T/'],
    ],
    [
      'china',
      'https://login.partner.microsoftonline.cn',
      [
        'https://login.partner.microsoftonline.cn/T/v2.0',
        'https://login.chinacloudapi.cn/T/v2.0',
        'https://sts.chinacloudapi.cn/T/',
      ],
    ],
  ] as const)('comes in the cloud %s from %s', async (cloud, origin, issuers) => {
    const identify = callers({ cloud });
    for (const issuer of issuers) {
      expect(await identify(await user({ iss: issuer.replace('T', contoso) }))).toMatchObject({ kind: 'user' });
    }
    expect([...login.hosts]).toEqual([origin]);
    expect(login.asked).toEqual([`/${contoso}/discovery/v2.0/keys`]);
    const elsewhere = cloud === 'global' ? 'login.microsoftonline.us' : 'login.microsoftonline.com';
    const foreign = await user({ iss: `https://${elsewhere}/${contoso}/v2.0` });
    expect(await refusal(foreign, identify)).toMatchObject(failed('InvalidIssuer', 'iss'));
  });

  test('may be off by the tolerated difference of clocks, and no more', async () => {
    const identify = callers();
    expect(await identify(await user({ exp: seconds - 299 }))).toMatchObject({ kind: 'user' });
    expect(await identify(await user({ nbf: seconds + 300 }))).toMatchObject({ kind: 'user' });
    expect((await refusal(await user({ exp: seconds - 300 }), identify)).message).toContain('is expired');
    expect((await refusal(await user({ nbf: seconds + 301 }), identify)).message).toContain('not yet valid');
    expect((await refusal(await user({ exp: seconds }), callers({ clockToleranceS: 0 }))).status).toBe(401);
  });

  test('neither JSON nor a log of its caller holds it', async () => {
    const token = await user();
    const caller = await callers()(token);
    for (const text of [JSON.stringify(caller), inspect(caller, { depth: 9, showHidden: true })]) {
      for (const part of token.split('.')) expect(text).not.toContain(part);
    }
  });
});

describe('a token is refused', () => {
  test('when there is none, with a challenge that names the tenant and our own registration', async () => {
    const identify = entraCallers({
      cloud: 'usGov',
      tenantIds: [contoso],
      audiences: [registrar],
      clockToleranceS: 300,
      fetch: login.fetch,
      now: () => now,
    });
    for (const headers of [new Headers(), new Headers({ authorization: 'Basic YTpi' })]) {
      await expect(identify(headers)).rejects.toMatchObject({
        status: 401,
        code: 'InvalidAuthenticationToken',
        message: 'Access token is empty.',
        headers: {
          'WWW-Authenticate': `Bearer realm="", authorization_uri="https://login.microsoftonline.us/${contoso}/oauth2/v2.0/authorize", client_id="${registrar}"`,
        },
      });
    }
  });

  test.each(['adele', 'a.b.c', '..', 'eyJhbGciOiJSUzI1NiJ9.W10.x', 'a.b.c.d.e'])('when %j is no JWT', async (text) => {
    expect(await refusal(text)).toMatchObject({
      status: 401,
      message: 'CompactToken parsing failed with error code: 80049217',
    });
    expect(login.asked).toEqual([]);
  });

  test('when nobody signed it', async () => {
    expect(await refusal(unsignedToken(entra.userClaims(now)))).toMatchObject(failed('InvalidSignature'));
    const [header = '', payload = ''] = (await user()).split('.');
    expect((await refusal(`${header}.${payload}.`)).status).toBe(401);
  });

  test('when the same claims are signed with a key of somebody else, under the same id', async () => {
    const stranger = await entra.signingKey('first');
    const token = await entra.signed(entra.userClaims(now), stranger);
    expect(await refusal(token)).toMatchObject(failed('InvalidSignature'));
  });

  test('when its claims were changed after it was signed', async () => {
    const [header, , signature] = (await user()).split('.');
    const payload = Buffer.from(JSON.stringify(entra.userClaims(now, { oid: entra.grady }))).toString('base64url');
    expect(await refusal(`${String(header)}.${payload}.${String(signature)}`)).toMatchObject(
      failed('InvalidSignature'),
    );
  });

  test.each(['pkcs1', 'spki'] as const)(
    'when the public key (%s) was used as a secret: key confusion',
    async (type) => {
      const pem = createPublicKey({ key: key.publicJwk, format: 'jwk' }).export({ format: 'pem', type });
      const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      const head = `${part({ alg: 'HS256', typ: 'JWT', kid: 'first' })}.${part(entra.userClaims(now))}`;
      const token = `${head}.${createHmac('sha256', pem).update(head).digest('base64url')}`;
      expect(await refusal(token)).toMatchObject(failed('InvalidSignature'));
    },
  );

  test.each(['RS384', 'RS512', 'PS256'])('when the right key signed it, but with %s', async (alg) => {
    const privateKey = await importJWK(await exportJWK(key.privateKey), alg);
    const token = await new SignJWT(entra.userClaims(now)).setProtectedHeader({ alg, kid: 'first' }).sign(privateKey);
    expect(await refusal(token)).toMatchObject(failed('InvalidSignature'));
  });

  test('when it brings its own key, or says where one is', async () => {
    const stranger = await entra.signingKey('mine');
    for (const header of [
      { jwk: stranger.publicJwk },
      { jku: 'https://evil.example/keys' },
      { x5u: 'https://evil.example' },
    ]) {
      const token = await entra.signed(entra.userClaims(now), stranger, header);
      expect(await refusal(token)).toMatchObject(failed('InvalidSignature'));
    }
    expect([...login.hosts]).toEqual(['https://login.microsoftonline.com']);
  });

  test('when it does not say which key signed it', async () => {
    const token = await new SignJWT(entra.userClaims(now)).setProtectedHeader({ alg: 'RS256' }).sign(key.privateKey);
    expect(await refusal(token)).toMatchObject(failed('InvalidSignature'));
  });

  test('when it demands an extension that nobody knows', async () => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const header = part({ alg: 'RS256', kid: 'first', crit: ['exp2'], exp2: 1 });
    const [, payload = '', signature = ''] = (await user()).split('.');
    expect((await refusal(`${header}.${payload}.${signature}`)).status).toBe(401);
  });

  test.each([
    '00000003-0000-0000-c000-000000000000',
    'https://graph.microsoft.com',
    `${registrarUri}/`,
    undefined,
    5,
    [],
  ])('when it is for %j, and it is told whom it must be for', async (aud) => {
    const error = await refusal(await user({ aud }));
    expect(error).toMatchObject(failed('InvalidAudience', 'aud'));
    expect(error.details[0]?.message).toContain(`ask for one for ${registrar} or ${registrarUri}.`);
  });

  test('when its tenant is not allowed; nobody asks for the keys of such a tenant', async () => {
    const token = await user({ tid: fabrikam, iss: `https://login.microsoftonline.com/${fabrikam}/v2.0` });
    expect(await refusal(token)).toMatchObject(failed('InvalidTenant', 'tid'));
    for (const tid of [undefined, 5, '', '__proto__', `${contoso}/`, contoso.toUpperCase()]) {
      expect(await refusal(await user({ tid }))).toMatchObject(failed('InvalidTenant', 'tid'));
    }
    expect(login.asked).toEqual([]);
  });

  test.each([
    `https://login.microsoftonline.com/${fabrikam}/v2.0`,
    `https://sts.windows.net/${fabrikam}/`,
    `https://login.microsoftonline.com/${contoso}`,
    `https://login.microsoftonline.com.evil.example/${contoso}/v2.0`,
    `https://sts.windows.net/${contoso}`,
    undefined,
  ])('when %s issued it for Contoso, also where both tenants are allowed', async (iss) => {
    const identify = callers({ tenantIds: [contoso, fabrikam] });
    expect(await refusal(await user({ iss }), identify)).toMatchObject(failed('InvalidIssuer', 'iss'));
  });

  test('when it has expired', async () => {
    expect(await refusal(await user({ exp: seconds - 3600 }))).toMatchObject({
      status: 401,
      message: 'Lifetime validation failed, the token is expired.',
      headers: { 'WWW-Authenticate': expect.stringContaining('Bearer ') as string },
    });
  });

  test('when it is not yet valid', async () => {
    expect(await refusal(await user({ nbf: seconds + 3600 }))).toMatchObject({
      status: 401,
      message: 'Access token has expired or is not yet valid.',
    });
  });

  test.each([
    ['exp', undefined],
    ['exp', '2026'],
    ['exp', null],
    ['nbf', undefined],
    ['nbf', 'yesterday'],
  ])('when %s is %j: such a token would never end', async (claim, value) => {
    expect(await refusal(await user({ [claim]: value }))).toMatchObject(failed('InvalidClaim', claim));
  });

  test.each([undefined, '', 'adele', 5])('when its oid is %j', async (oid) => {
    expect(await refusal(await user({ oid }))).toMatchObject(failed('MissingClaim', 'oid'));
    expect(await refusal(await application({ oid, idtyp: 'app' }))).toMatchObject(failed('MissingClaim', 'oid'));
  });

  test('when it is an ID token: the app roles of a user are no permissions of an application', async () => {
    const idToken = { scp: undefined, azp: undefined, roles: ['Device.ReadWrite.All'] };
    expect(await refusal(await user(idToken))).toMatchObject(failed('NotAnAccessToken', 'scp'));
    expect(await refusal(await user({ ...idToken, idtyp: 'user', sub: entra.adele }))).toMatchObject({ status: 401 });
    expect(await refusal(await user({ ...idToken, sub: undefined }))).toMatchObject({ status: 401 });
  });

  test('and no error says anything of a token or a key, whatever was done to it', async () => {
    const identify = callers();
    const token = await user();
    const secrets = [...token.split('.'), String(key.publicJwk.n), 'Zm9yIHRoaXMgYXBwIG9ubHk'];
    for (let i = 0; i < 300; i += 1) {
      const at = (i * 7919) % token.length;
      const changed =
        i % 3 === 0
          ? `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`
          : `${token.slice(0, at)}${i % 3 === 1 ? '' : `.${token.slice(at)}`}`;
      const thrown = await identify(changed).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (thrown === undefined) {
        // The last character of a signature holds bits that mean nothing.
        expect(at).toBe(token.length - 1);
        continue;
      }
      expect(thrown).toBeInstanceOf(GraphError);
      expect(thrown).toMatchObject({ status: 401, code: 'InvalidAuthenticationToken', cause: undefined });
      const said = inspect(thrown, { depth: 9, showHidden: true });
      for (const secret of secrets) expect(said).not.toContain(secret);
    }
  });
});

describe('keys', () => {
  test('are fetched once for many requests, and not before the first', async () => {
    const identify = callers();
    expect(login.asked).toEqual([]);
    for (let i = 0; i < 20; i += 1) await identify(await user());
    expect(login.asked).toHaveLength(1);
  });

  test('are fetched once when a hundred requests come first', async () => {
    const identify = callers();
    const token = await user();
    const found = await Promise.all(Array.from({ length: 100 }, () => identify(token)));
    expect(found.filter(({ id }) => id === entra.adele)).toHaveLength(100);
    expect(login.asked).toHaveLength(1);
  });

  test('are those of the tenant: each has its own', async () => {
    const identify = callers({ tenantIds: [contoso, fabrikam] });
    await identify(await user());
    await identify(await user({ tid: fabrikam, iss: `https://sts.windows.net/${fabrikam}/` }));
    expect(login.asked).toEqual([`/${contoso}/discovery/v2.0/keys`, `/${fabrikam}/discovery/v2.0/keys`]);
  });

  test('that are said to be of another tenant do not count; those of every tenant do', async () => {
    const publish = (issuer: unknown): void => void (login.published = [{ ...key.publicJwk, issuer } as never]);
    publish('https://login.microsoftonline.com/{tenantid}/v2.0');
    expect(await callers()(await user())).toMatchObject({ kind: 'user' });
    publish(`https://login.microsoftonline.com/${contoso}/v2.0`);
    expect(await callers()(await user())).toMatchObject({ kind: 'user' });
    const other = await entra.signingKey('other');
    login.published = [
      { ...key.publicJwk, issuer: `https://login.microsoftonline.com/${fabrikam}/v2.0` } as never,
      other.publicJwk,
    ];
    expect(await refusal(await user())).toMatchObject(failed('InvalidSignature'));
  });

  test('are not asked for again within the cool-down, however many unknown ones are named', async () => {
    const identify = callers();
    await identify(await user());
    for (let i = 0; i < 20; i += 1) {
      const unknown = await entra.signed(entra.userClaims(now), key, { kid: `unknown ${i}` });
      expect(await refusal(unknown, identify)).toMatchObject(failed('InvalidSignature'));
    }
    expect(login.asked).toHaveLength(1);
  });

  test('that were rotated are picked up after the cool-down, and the old ones refused', async () => {
    const identify = callers({ coolDownMs: 0 });
    const old = await user();
    await identify(old);
    const second = await entra.signingKey('second');
    login.published = [second.publicJwk];
    const fresh = await entra.signed(entra.userClaims(now), second);
    expect(await identify(fresh)).toMatchObject({ id: entra.adele });
    expect(login.asked).toHaveLength(2);
    expect(await refusal(old, identify)).toMatchObject(failed('InvalidSignature'));
  });

  test('of ten minutes are renewed while they still serve, and an outage is not felt', async () => {
    let time = now;
    const identify = callers({ now: () => time });
    const claims = { exp: seconds + 86_400 };
    await identify(await user(claims));
    time = new Date(now.getTime() + 601_000);
    login.reply = (response) => response.writeHead(503).end();
    expect(await identify(await user(claims))).toMatchObject({ kind: 'user' });
    await askedTimes(2);
    login.reply = undefined;
    time = new Date(time.getTime() + 6_000);
    expect(await identify(await user(claims))).toMatchObject({ kind: 'user' });
    await askedTimes(3);
  });
});

/** Waits for what happens beside the requests. */
async function askedTimes(times: number): Promise<void> {
  for (let i = 0; i < 100 && login.asked.length < times; i += 1) await new Promise((wait) => setTimeout(wait, 10));
  expect(login.asked).toHaveLength(times);
}

describe('while keys cannot be had the answer is 503, since nobody can tell', () => {
  const unavailable = {
    code: 'serviceNotAvailable',
    status: 503,
    headers: { 'Retry-After': '5' },
    message: 'The keys that tokens are signed with cannot be fetched now; try again later.',
  };

  test.each<[string, (response: ServerResponse) => void]>([
    ['answers 500', (response) => response.writeHead(500).end('no')],
    ['answers 404, with keys', (response) => response.writeHead(404).end(JSON.stringify({ keys: [key.publicJwk] }))],
    ['answers with a page', (response) => response.end('<html>')],
    ['answers with something else', (response) => response.end('{"error":"x"}')],
    ['has no usable key', (response) => response.end('{"keys":[{"kty":"EC","kid":"first"},null,5]}')],
    ['sends us elsewhere', (response) => response.writeHead(302, { location: 'https://evil.example/' }).end()],
    ['breaks the connection', (response) => response.destroy()],
    ['breaks off in the middle', (response) => void response.write('{"keys":[', () => response.destroy())],
  ])('the login host %s', async (_, reply) => {
    login.reply = reply;
    expect(await refusal(await user())).toMatchObject(unavailable);
  });

  test.each<[string, (response: ServerResponse) => void]>([
    ['never answers', () => undefined],
    ['never ends its answer', (response) => void response.write('{"keys":[')],
  ])('the login host %s, and nobody waits longer than the timeout', async (_, reply) => {
    login.reply = reply;
    const identify = callers({ timeoutMs: 150 });
    const token = await user();
    const begun = performance.now();
    const errors = await Promise.all(Array.from({ length: 20 }, () => refusal(token, identify)));
    expect(performance.now() - begun).toBeLessThan(5000);
    for (const error of errors) expect(error).toMatchObject(unavailable);
    expect(login.asked).toHaveLength(1);
  });

  test('the login host is not there', async () => {
    await login.stop();
    expect(await refusal(await user())).toMatchObject(unavailable);
  });

  test('nobody asks again before Retry-After, and then all is well', async () => {
    let time = now;
    const identify = callers({ now: () => time });
    login.reply = (response) => response.writeHead(503).end();
    expect((await refusal(await user(), identify)).status).toBe(503);
    login.reply = undefined;
    time = new Date(now.getTime() + 3_500);
    expect(await refusal(await user(), identify)).toMatchObject({ status: 503, headers: { 'Retry-After': '2' } });
    expect(login.asked).toHaveLength(1);
    time = new Date(now.getTime() + 5_000);
    expect(await identify(await user())).toMatchObject({ kind: 'user' });
    expect(login.asked).toHaveLength(2);
  });

  test('and a wrong tenant is a wrong tenant all the same', async () => {
    login.reply = (response) => response.writeHead(503).end();
    expect((await refusal(await user({ tid: fabrikam }))).status).toBe(401);
    expect(login.asked).toEqual([]);
  });
});
