import type { Caller } from '../../shared/auth/caller.ts';
import { deviceRoles, directoryRoles } from '../../shared/contract/directoryRoles.ts';
import type { GraphError } from '../../shared/contract/errors.ts';
import { operations } from '../../shared/api.ts';
import { allow, demandRole, type Guarded } from '../../shared/operations/allow.ts';
import { createDevice } from '../../shared/operations/createDevice.ts';
import { createMyRegisteredDevice } from '../../shared/operations/createMyRegisteredDevice.ts';
import { createUserRegisteredDevice } from '../../shared/operations/createUserRegisteredDevice.ts';
import { listUserRegisteredDevices } from '../../shared/operations/listUserRegisteredDevices.ts';
import { onTerms } from '../../shared/operations/operation.ts';
import { updateDevice } from '../../shared/operations/updateDevice.ts';

const adele = '7f0c5b1e-0b7e-4c35-9f4b-0d5d6a7b8c9d';
const grady = '2d4f6a8c-1e3b-4c5d-9f7a-8b6c4d2e0f1a';

const user = (permissions: string[], roles: string[] = []): Caller => ({
  kind: 'user',
  id: adele,
  permissions: new Set(permissions),
  directoryRoles: new Set(roles),
});
const writer = (...roles: string[]): Caller => user(['Directory.AccessAsUser.All'], roles);

/** Codes of what is missing; empty when the caller may. */
function missing(operation: Guarded, caller: Caller, usersId?: string): string[] {
  try {
    allow(operation, caller, usersId === undefined ? {} : { usersId });
    return [];
  } catch (thrown) {
    return (thrown as GraphError).details.map(({ code, target = '' }) => `${code} ${target}`);
  }
}

describe('a user whose token was checked', () => {
  test('registers devices for themselves without a directory role, by /me or by object id in any case', () => {
    expect(missing(createMyRegisteredDevice, writer())).toEqual([]);
    expect(missing(createUserRegisteredDevice, writer(), adele)).toEqual([]);
    expect(missing(createUserRegisteredDevice, writer(), adele.toUpperCase())).toEqual([]);
  });

  test.each(deviceRoles)('registers them for another user as %s', (role) => {
    expect(missing(createUserRegisteredDevice, writer(directoryRoles[role]), grady)).toEqual([]);
  });

  test('does so with no other role, and is told which ones would do', () => {
    const administrator = writer(directoryRoles['Cloud Device Administrator']);
    const call = (): void => allow(createUserRegisteredDevice, administrator, { usersId: grady });
    expect(call).toThrow('Insufficient privileges to complete the operation.');
    try {
      call();
    } catch (thrown) {
      expect((thrown as GraphError).details).toEqual([
        {
          code: 'MissingDirectoryRole',
          target: 'wids',
          message:
            'The user needs one of the directory roles Global Administrator, Intune Administrator, Windows 365 Administrator to act on another user; /me is the caller.',
        },
      ]);
    }
  });

  test('is not known by a user principal name, which may be given to somebody else', () => {
    expect(missing(createUserRegisteredDevice, writer(), 'adele@contoso.com')).toEqual(['MissingDirectoryRole wids']);
  });

  test('needs the permission besides the role', () => {
    const administrator = user(['User.Read'], [directoryRoles['Intune Administrator']]);
    expect(missing(createUserRegisteredDevice, administrator, grady)).toEqual(['MissingPermission scp']);
  });

  test('reads the devices of others only with a permission that is about others', () => {
    expect(missing(listUserRegisteredDevices, user(['User.Read']), adele)).toEqual([]);
    expect(missing(listUserRegisteredDevices, user(['User.Read']), grady)).toEqual(['MissingPermission scp']);
    expect(missing(listUserRegisteredDevices, user(['User.Read', 'User.Read.All']), grady)).toEqual([]);
    expect(missing(listUserRegisteredDevices, user(['Directory.Read.All']), 'grady@contoso.com')).toEqual([]);
  });
});

test('an application acts on any user, by its application permission', () => {
  const application: Caller = { ...user(['Device.ReadWrite.All']), kind: 'application' };
  expect(missing(createUserRegisteredDevice, application, grady)).toEqual([]);
});

test('a caller whom Graph judges acts on any user as far as we care', () => {
  const passedOn: Caller = { kind: 'user', id: 'me', permissions: 'all', directoryRoles: 'all' };
  expect(missing(createUserRegisteredDevice, passedOn, grady)).toEqual([]);
});

test('a caller whom the emulator made up acts on any user', () => {
  expect(missing(createUserRegisteredDevice, { ...writer(), isEmulated: true }, grady)).toEqual([]);
});

test('every operation on a user whom the address names says what it takes to act on somebody else', () => {
  const named = operations.filter(({ paths }) => paths.some((path) => path.includes('{usersId}')));
  expect(named.length).toBeGreaterThan(1);
  expect(named.filter(({ forOthers }) => forOthers === undefined)).toEqual([]);
});

test("today's Graph has no such write, so nobody lacks a role for it", () => {
  const today = onTerms(createUserRegisteredDevice, { contract: 'current', actsAsItself: false });
  expect(today.refuse?.({ view: '$ref' })).toMatchObject({ status: 405 });
});

test('where Graph is called as this app, a user needs the role that Graph would ask for, whatever the contract', () => {
  // Whoever may start a job may look after it.
  const writes = operations.filter(
    ({ id, permissions, isOurs }) =>
      permissions.delegated[0] === 'Directory.AccessAsUser.All' && (!isOurs || id === 'createRegistrationJob'),
  );
  const withoutRole = writes.filter((operation) => {
    const { directoryRoles, refuse } = onTerms(operation, { contract: 'documented', actsAsItself: true });
    return !directoryRoles?.includes('Intune Administrator') && !refuse;
  });
  expect(writes.length).toBeGreaterThan(9);
  expect(withoutRole.map(({ id }) => id)).toEqual([]);
  const asUser = onTerms(createDevice, { contract: 'documented', actsAsItself: false });
  expect(missing(asUser, writer())).toEqual([]);
  const asItself = onTerms(createDevice, { contract: 'documented', actsAsItself: true });
  expect(missing(asItself, writer())).toEqual(['MissingDirectoryRole wids']);
});

test('a role may be enough for a part of what can be changed', () => {
  const cloud = writer(directoryRoles['Cloud Device Administrator']);
  const asItself = onTerms(updateDevice, { contract: 'documented', actsAsItself: true });
  expect(missing(asItself, cloud)).toEqual([]);
  const rolesFor = asItself.rolesForBody ?? ((): never[] => []);
  expect(() => demandRole(rolesFor({ accountEnabled: false }), cloud)).not.toThrow();
  expect(() => demandRole(rolesFor({ accountEnabled: false, displayName: 'x' }), cloud)).toThrow('Insufficient');
  expect(() => demandRole(rolesFor({ displayName: 'x' }), { ...cloud, kind: 'application' })).not.toThrow();
});
