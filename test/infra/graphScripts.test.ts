import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'registrar-graph-'));
  const az = join(folder, 'az');
  writeFileSync(az, `#!/bin/sh\nexec "${process.execPath}" "${resolve('test/infra/fakeAzure.ts')}" "$@"\n`);
  chmodSync(az, 0o755);
  be({});
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const graphAppId = '00000003-0000-0000-c000-000000000000';
const graph = {
  id: 'graph',
  appId: graphAppId,
  oauth2PermissionScopes: [{ id: 'scope-1', value: 'Directory.AccessAsUser.All' }],
  appRoles: [
    { id: 'role-1', value: 'Device.Read.All' },
    { id: 'role-2', value: 'User.Read.All' },
  ],
};

const empty = { applications: {}, servicePrincipals: [graph], trusts: {}, grants: [], assignments: [] };

/** What register.sh leaves behind. */
const registered = {
  applications: { 'device-registrar': { appId: 'client-1' } },
  servicePrincipals: [graph, { id: 'principal-2', appId: 'client-1' }],
};

/** Makes the tenant this one. */
const be = (tenant: object): void =>
  writeFileSync(join(folder, 'tenant.json'), JSON.stringify({ ...empty, ...tenant }));

function run(script: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const env = {
    PATH: [folder, dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
    STATE: join(folder, 'tenant.json'),
  };
  return spawnSync('bash', [`infra/graph/${script}`, ...args], { encoding: 'utf8', env });
}

const tenant = (): Record<string, unknown> => JSON.parse(readFileSync(join(folder, 'tenant.json'), 'utf8')) as never;

const application = JSON.parse(readFileSync('infra/graph/application.json', 'utf8')) as object;

test('register.sh makes the registration, says what the templates need, and may be repeated', () => {
  const first = run('register.sh');
  expect(first).toMatchObject({
    status: 0,
    stdout: 'API_CLIENT_ID=client-1\nAPI_IDENTIFIER_URI=api://tenant-1/device-registrar\n',
  });
  const made = tenant();
  expect(made).toMatchObject({
    applications: {
      'device-registrar': {
        ...application,
        identifierUris: ['api://tenant-1/device-registrar'],
        requiredResourceAccess: [{ resourceAppId: graphAppId, resourceAccess: [{ type: 'Scope', id: 'scope-1' }] }],
      },
    },
    servicePrincipals: [graph, { appId: 'client-1' }],
  });
  expect(run('register.sh').stdout).toBe(first.stdout);
  expect(tenant()).toEqual(made);
});

test('grant.sh lets the registration trust the identity and consents for users, once', () => {
  be(registered);
  const first = run('grant.sh', 'identity-1');
  expect(first).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('\nGranted: Directory.AccessAsUser.All') as string,
  });
  const granted = tenant();
  expect(granted).toMatchObject({
    trusts: {
      'device-registrar/managed-identity-identity-1': {
        issuer: 'https://login.microsoftonline.com/tenant-1/v2.0',
        subject: 'identity-1',
        audiences: ['api://AzureADTokenExchange'],
      },
    },
    grants: [{ clientId: 'principal-2', consentType: 'AllPrincipals', scope: 'Directory.AccessAsUser.All' }],
    assignments: [],
  });
  expect(run('grant.sh', 'identity-1').stdout).toContain('Granted before: Directory.AccessAsUser.All');
  expect(tenant()).toEqual(granted);
});

test('grant.sh lets a registration trust the identities of several environments, each by a name of its own', () => {
  be(registered);
  expect([run('grant.sh', 'identity-1').status, run('grant.sh', 'identity-2').status]).toEqual([0, 0]);
  expect(tenant().trusts).toMatchObject({
    'device-registrar/managed-identity-identity-1': { subject: 'identity-1' },
    'device-registrar/managed-identity-identity-2': { subject: 'identity-2' },
  });
  expect(readFileSync('infra/graph/grants.bicep', 'utf8')).toContain(
    "name: '${uniqueName}/managed-identity-${identityPrincipalId}'",
  );
});

test('grant.sh adds to what an administrator has consented to before, and takes nothing away', () => {
  const grant = { id: 'grant-1', clientId: 'principal-2', consentType: 'AllPrincipals', resourceId: 'graph' };
  be({ ...registered, grants: [{ ...grant, scope: 'User.Read' }] });
  run('grant.sh', 'identity-1');
  expect(tenant().grants).toEqual([{ ...grant, scope: 'User.Read Directory.AccessAsUser.All' }]);
});

test('grant.sh gives the identity application permissions, and only those that it lacks', () => {
  be(registered);
  const only = (name: string): unknown => ({ principalId: 'identity-1', resourceId: 'graph', appRoleId: name });
  expect(run('grant.sh', 'identity-1', 'managedIdentity').stdout).toContain('\nGranted: User.Read.All');
  expect(tenant()).toMatchObject({ assignments: [only('role-1'), only('role-2')], grants: [] });
  expect(run('grant.sh', 'identity-1', 'managedIdentity')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/Granted before: Device.Read.All.*\nGranted before: User.Read.All/) as string,
  });
});

test('grant.sh fails where something is refused, and before it has begun where it cannot be right', () => {
  expect(run('grant.sh')).toMatchObject({ status: 1, stderr: expect.stringMatching(/^Usage/) as string });
  expect(run('grant.sh', 'identity-1', 'clientSecret')).toMatchObject({
    status: 1,
    stderr: "'clientSecret' is no credential; onBehalfOf or managedIdentity is expected.\n",
  });
  const unregistered = run('grant.sh', 'identity-1');
  expect(unregistered.status).not.toBe(0);
  expect(unregistered.stderr).toContain('No device-registrar.');
  expect(tenant()).toMatchObject({ trusts: {}, grants: [] });
});
