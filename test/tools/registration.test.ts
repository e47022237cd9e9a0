import { operations } from '../../shared/api.ts';
import { registration } from '../../tools/registration.ts';

interface Permission {
  id: string;
  value: string;
  isEnabled: boolean;
}

const { api, appRoles, groupMembershipClaims } = JSON.parse(registration()) as {
  api: { requestedAccessTokenVersion: number; oauth2PermissionScopes: (Permission & { type: string })[] };
  appRoles: Permission[];
  groupMembershipClaims: string;
};
const scopes = api.oauth2PermissionScopes;
const valuesOf = (permissions: readonly Permission[]): string[] => permissions.map(({ value }) => value);

test('the registration exposes every permission that an operation asks for, once and no other', () => {
  const asked = (kind: 'delegated' | 'application'): string[] =>
    [...new Set(operations.flatMap(({ permissions }) => permissions[kind]))].toSorted();
  expect(valuesOf(scopes)).toEqual(asked('delegated'));
  expect(valuesOf(appRoles)).toEqual(asked('application'));
});

test('a scope and a role of one name share id, texts and state, and otherwise no id is there twice', () => {
  const shared = scopes.filter(({ value }) => valuesOf(appRoles).includes(value));
  expect(valuesOf(shared)).toContain('Device.Read.All');
  for (const { id, value, isEnabled } of shared) {
    expect(appRoles.find((role) => role.value === value)).toMatchObject({ id, isEnabled });
  }
  const ids = new Set([...scopes, ...appRoles].map(({ id }) => id));
  expect(ids.size).toBe(new Set([...valuesOf(scopes), ...valuesOf(appRoles)]).size);
});

test('the id of a permission never changes: whoever has been given it keeps it', () => {
  const idOf = (name: string): string | undefined => scopes.find(({ value }) => value === name)?.id;
  expect(idOf('Directory.AccessAsUser.All')).toBe('fd7735a0-456d-8690-8265-93d7ada7b040');
  expect(idOf('User.Read')).toBe('346b4d19-abdd-8438-8c9e-3aa2d6601eda');
});

test('tokens name the client id and bring directory roles; users consent only to what is about themselves', () => {
  expect(api.requestedAccessTokenVersion).toBe(2);
  expect(groupMembershipClaims).toBe('DirectoryRole');
  expect(valuesOf(scopes.filter(({ type }) => type === 'User'))).toEqual(['User.Read', 'User.ReadWrite']);
});
