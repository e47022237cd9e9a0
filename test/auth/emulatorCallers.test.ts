import { emulatorCallers } from '../../shared/auth/emulatorCallers.ts';
import type { Caller } from '../../shared/auth/caller.ts';
import { isGuid } from '../../shared/contract/guid.ts';
import { bearing, unsignedToken } from '../support/tokens.ts';

const now = new Date('2026-01-15T09:30:00Z');
const seconds = now.getTime() / 1000;
const identify = emulatorCallers(() => now);
const caller = (token: string): Caller => identify(bearing(token)) as Caller;

test('an opaque token is a user with every permission and role, known by the text of the token', () => {
  const adele = caller('adele');
  expect(adele).toEqual({ kind: 'user', id: adele.id, permissions: 'all', directoryRoles: 'all', isEmulated: true });
  expect(isGuid(adele.id)).toBe(true);
  expect(caller('adele').id).toBe(adele.id);
  expect(caller('grady').id).not.toBe(adele.id);
});

test('a JWT with scp is a user with these permissions and no role', () => {
  const oid = '7F0C5B1E-0b7e-4c35-9f4b-0d5d6a7b8c9d';
  expect(caller(unsignedToken({ scp: 'User.Read Device.Read.All', oid, tid: 'contoso' }))).toEqual({
    kind: 'user',
    id: oid.toLowerCase(),
    tenantId: 'contoso',
    permissions: new Set(['User.Read', 'Device.Read.All']),
    directoryRoles: new Set(),
    isEmulated: true,
  });
});

test('a JWT with roles and without scp is an application', () => {
  expect(caller(unsignedToken({ roles: ['Device.ReadWrite.All'] }))).toMatchObject({
    kind: 'application',
    permissions: new Set(['Device.ReadWrite.All']),
  });
});

test('a user may have app roles, too, and stays a user', () => {
  expect(caller(unsignedToken({ scp: 'User.Read', roles: ['Registrar.Admin'], wids: ['a'] }))).toMatchObject({
    kind: 'user',
    permissions: new Set(['User.Read']),
    directoryRoles: new Set(['a']),
  });
});

test('a JWT is valid from nbf to exp', () => {
  expect(() => caller(unsignedToken({ exp: seconds }))).toThrow('Lifetime validation failed, the token is expired.');
  expect(() => caller(unsignedToken({ nbf: seconds + 1 }))).toThrow('Access token has expired or is not yet valid.');
  expect(caller(unsignedToken({ nbf: seconds, exp: seconds + 1 })).kind).toBe('user');
});

test('a token that was valid is refused once it has expired', () => {
  let time = now;
  const later = emulatorCallers(() => time);
  const token = bearing(unsignedToken({ exp: seconds + 60 }));
  expect(later(token)).toMatchObject({ kind: 'user' });
  time = new Date(now.getTime() + 61_000);
  expect(() => later(token)).toThrow('expired');
});

test('claims of the wrong type grant nothing', () => {
  expect(caller(unsignedToken({ scp: 5, roles: 'Device.ReadWrite.All', wids: [1, null], oid: 7 }))).toMatchObject({
    kind: 'user',
    permissions: new Set(),
    directoryRoles: new Set(),
  });
});

test.each([5, {}, [], true, null])('a sub that is no text, such as %j, is not used', (sub) => {
  expect(isGuid(caller(unsignedToken({ scp: 'User.Read', sub })).id)).toBe(true);
});

test.each([null, '', 'Bearer', 'Bearer ', 'Basic YTpi', 'Bearer a b', 'adele'])('%j is no bearer token', (header) => {
  expect(() => identify(new Headers(header === null ? {} : { authorization: header }))).toThrow(
    'Access token is empty.',
  );
});
