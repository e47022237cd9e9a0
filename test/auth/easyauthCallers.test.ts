import { inspect } from 'node:util';
import type { Caller } from '../../shared/auth/caller.ts';
import { easyauthCallers } from '../../shared/auth/easyauthCallers.ts';
import { adele, contoso, fabrikam, grady, intuneAdministrator, nightJob, workflow } from '../support/entraTenant.ts';
import { unsignedToken } from '../support/tokens.ts';

const identity = 'http://schemas.microsoft.com/identity/claims';
const nameIdentifier = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier';
const role = 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role';

type Claim = [typ: string, val: unknown];

const userClaims: Claim[] = [
  ['aud', 'e3a1c5d7-9b2f-4e6a-8c0d-5f7b9a1c3e5d'],
  [`${identity}/objectidentifier`, adele.toUpperCase()],
  [`${identity}/tenantid`, contoso],
  [`${identity}/scope`, 'User.Read Directory.AccessAsUser.All'],
  [nameIdentifier, 'pairwise'],
  ['appid', workflow],
  ['wids', intuneAdministrator],
  ['wids', 'b79fbf4d-3ef9-4689-8143-76b194e85509'],
];
const applicationClaims: Claim[] = [
  [`${identity}/objectidentifier`, nightJob],
  [`${identity}/tenantid`, contoso],
  [nameIdentifier, nightJob],
  [role, 'Device.ReadWrite.All'],
  [role, 'Directory.Read.All'],
];

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');
const principal = (claims: Claim[], changes: object = {}): string =>
  encoded({
    auth_typ: 'aad',
    name_typ: 'name',
    role_typ: role,
    claims: claims.map(([typ, val]) => ({ typ, val })),
    ...changes,
  });

const identify = easyauthCallers({ cloud: 'global', tenantIds: [], audiences: [] });
const caller = (header: string, headers: Record<string, string> = {}, by = identify): Caller =>
  by(new Headers({ 'X-MS-CLIENT-PRINCIPAL': header, ...headers })) as Caller;

test('a user is named by the claims that App Service hands over under older names', () => {
  expect(caller(principal(userClaims))).toEqual({
    kind: 'user',
    id: adele,
    tenantId: contoso,
    applicationId: workflow,
    permissions: new Set(['User.Read', 'Directory.AccessAsUser.All']),
    directoryRoles: new Set([intuneAdministrator, 'b79fbf4d-3ef9-4689-8143-76b194e85509']),
  });
});

test('the names that the token itself uses are understood, too', () => {
  const claims: Claim[] = [
    ['oid', nightJob],
    ['tid', contoso],
    ['idtyp', 'app'],
    ['roles', 'Device.ReadWrite.All'],
  ];
  expect(caller(principal(claims))).toMatchObject({
    kind: 'application',
    id: nightJob,
    permissions: new Set(['Device.ReadWrite.All']),
  });
});

test('an application is one without scope whose subject is itself', () => {
  expect(caller(principal(applicationClaims))).toMatchObject({
    kind: 'application',
    id: nightJob,
    permissions: new Set(['Device.ReadWrite.All', 'Directory.Read.All']),
    directoryRoles: new Set(),
  });
});

test('a user who signed in with a browser has no access token, and is no application with the roles of the user', () => {
  const signedIn: Claim[] = [
    [`${identity}/objectidentifier`, adele],
    [`${identity}/tenantid`, contoso],
    [nameIdentifier, 'pairwise'],
    [role, 'Device.ReadWrite.All'],
  ];
  expect(() => caller(principal(signedIn))).toThrow('Access token validation failure.');
});

test.each([
  ['no base64', '{"auth_typ":"aad"}'],
  ['two headers', `${principal(userClaims)}, ${principal(applicationClaims)}`],
  ['no JSON', Buffer.from('aad').toString('base64')],
  ['null', encoded(null)],
  ['a text', encoded('aad')],
  ['no claims', principal([], { claims: undefined })],
  ['claims that are none', principal([], { claims: { oid: adele } })],
  ['a claim without value', principal([...userClaims, ['wids', undefined]])],
  ['a claim that is null', principal([], { claims: [null] })],
  ['another identity provider', principal(userClaims, { auth_typ: 'facebook' })],
  ['nobody', principal([])],
  ['two users', principal([...userClaims, ['oid', grady]])],
  ['an object id that is none', principal([['oid', 'adele'], ...userClaims.slice(2)])],
  [
    'claims of Object',
    principal([
      ['constructor', 'x'],
      ['__proto__', 'y'],
    ]),
  ],
])('a principal that holds %s is nobody', (_, header) => {
  try {
    caller(header);
  } catch (thrown) {
    expect(thrown).toMatchObject({ status: 401, code: 'InvalidAuthenticationToken' });
  }
  expect(() => caller(header)).toThrow('Access token validation failure.');
});

test('without the header there is nobody, whatever token is sent: only App Service checks tokens here', () => {
  const headers = new Headers({ authorization: `Bearer ${unsignedToken({ oid: adele, scp: 'User.Read' })}` });
  expect(() => identify(headers)).toThrow('Access token is empty.');
});

test('where tenants are named, others are refused', () => {
  const ofContoso = easyauthCallers({ cloud: 'global', tenantIds: [contoso], audiences: [] });
  const ofFabrikam = easyauthCallers({ cloud: 'global', tenantIds: [fabrikam], audiences: [] });
  expect(caller(principal(userClaims), {}, ofContoso)).toMatchObject({ tenantId: contoso });
  expect(() => caller(principal(userClaims), {}, ofFabrikam)).toThrow('Access token validation failure.');
  expect(() =>
    caller(
      principal([
        ['oid', adele],
        ['scp', 'x'],
      ]),
      {},
      ofContoso,
    ),
  ).toThrow('Access token validation failure.');
});

test('the bearer token goes with the caller if it is theirs, and only then', () => {
  const own = unsignedToken({ oid: adele, tid: contoso });
  const found = caller(principal(userClaims), { authorization: `Bearer ${own}` });
  expect(found.token?.()).toBe(own);
  expect(inspect(found, { showHidden: true }) + JSON.stringify(found)).not.toContain(own.slice(0, 20));
  const others = [unsignedToken({ oid: grady, tid: contoso }), unsignedToken({ oid: adele, tid: fabrikam }), 'opaque'];
  for (const token of others) {
    expect(caller(principal(userClaims), { authorization: `Bearer ${token}` }).token).toBeUndefined();
  }
  expect(caller(principal(userClaims), { authorization: 'Basic YTpi' }).token).toBeUndefined();
});
