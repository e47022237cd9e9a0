import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

/**
 * Stands for the Azure CLI in front of a tenant that is a JSON file (STATE): as much of Microsoft Graph as the scripts of
 * infra/graph ask for. Whatever else is asked is an error.
 */
interface Tenant {
  applications: Record<string, Entity>;
  servicePrincipals: Entity[];
  trusts: Record<string, Entity>;
  grants: Entity[];
  assignments: Entity[];
}
type Entity = Record<string, unknown>;

const file = String(process.env.STATE);
const tenant = JSON.parse(readFileSync(file, 'utf8')) as Tenant;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    method: { type: 'string', default: '' },
    url: { type: 'string', default: '' },
    body: { type: 'string', default: '{}' },
    query: { type: 'string', default: '' },
    output: { type: 'string' },
    headers: { type: 'string' },
  },
});

const refuse = (why: string): never => {
  throw new Error(`ERROR: ${why}`);
};

/** Names in a path that changes with every run become ids that a test can foretell. */
const newId = (kind: string, list: readonly unknown[]): string => `${kind}-${list.length + 1}`;

const principal = (key: 'id' | 'appId', value: string): Entity =>
  tenant.servicePrincipals.find((found) => found[key] === value) ?? refuse(`No service principal ${value}.`);

const bodyOf = (text: string): Entity =>
  JSON.parse(text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text) as Entity;

/** What a call answers, by method and path below /v1.0; the pattern's groups are handed over. */
const routes: [RegExp, (groups: string[], body: Entity) => unknown][] = [
  [/^get servicePrincipals\(appId='([^']+)'\)$/, ([appId = '']) => principal('appId', appId)],
  [/^get servicePrincipals\/([^/]+)$/, ([id = '']) => principal('id', id)],
  [/^get applications\(uniqueName='([^']+)'\)$/, ([name = '']) => tenant.applications[name] ?? refuse(`No ${name}.`)],
  [
    /^patch applications\(uniqueName='([^']+)'\)$/,
    ([name = ''], body) => {
      const number = Object.keys(tenant.applications).length + 1;
      const known = tenant.applications[name] ?? { uniqueName: name, appId: `client-${number}` };
      tenant.applications[name] = { ...known, ...body };
    },
  ],
  [
    /^patch servicePrincipals\(appId='([^']+)'\)$/,
    ([appId = '']) => {
      if (tenant.servicePrincipals.some((found) => found.appId === appId)) return;
      tenant.servicePrincipals.push({ id: newId('principal', tenant.servicePrincipals), appId });
    },
  ],
  [
    /^patch applications\(uniqueName='([^']+)'\)\/federatedIdentityCredentials\(name='([^']+)'\)$/,
    ([application = '', name = ''], body) => {
      if (!tenant.applications[application]) refuse(`No ${application}.`);
      tenant.trusts[`${application}/${name}`] = body;
    },
  ],
  [
    /^get servicePrincipals\/([^/]+)\/oauth2PermissionGrants$/,
    ([id]) => ({ value: tenant.grants.filter(({ clientId }) => clientId === id) }),
  ],
  [/^get oauth2PermissionGrants\/(.+)$/, ([id]) => tenant.grants.find((grant) => grant.id === id)],
  [/^post oauth2PermissionGrants$/, (_, body) => tenant.grants.push({ ...body, id: newId('grant', tenant.grants) })],
  [
    /^patch oauth2PermissionGrants\/(.+)$/,
    ([id], body) => Object.assign(tenant.grants.find((grant) => grant.id === id) ?? refuse('No grant.'), body),
  ],
  [
    /^get servicePrincipals\/([^/]+)\/appRoleAssignments$/,
    ([id]) => ({ value: tenant.assignments.filter(({ principalId }) => principalId === id) }),
  ],
  [
    /^post servicePrincipals\/[^/]+\/appRoleAssignedTo$/,
    (_, body) => {
      if (tenant.assignments.some(({ appRoleId }) => appRoleId === body.appRoleId))
        refuse('Permission exists already.');
      tenant.assignments.push({ ...body, id: newId('assignment', tenant.assignments) });
    },
  ],
];

/** As much of JMESPath as the scripts use: `a.b`, and `a[?b=='c' && d=='e'].f`. */
function ask(answer: unknown, query: string): string {
  const [, list, condition = '', field = ''] = /^(\w+)\[\?(.+)\]\.(\w+)$/.exec(query) ?? [];
  if (list === undefined) {
    const found = query.split('.').reduce<unknown>((at, name) => (at as Entity | undefined)?.[name], answer);
    return typeof found === 'string' ? found : '';
  }
  const wanted = condition.split(' && ').map((text) => /^(\w+)=='([^']*)'$/.exec(text) ?? refuse(`Query ${query}`));
  return ((answer as Record<string, Entity[]>)[list] ?? [])
    .filter((item) => wanted.every(([, name = '', value]) => item[name] === value))
    .map((item) => String(item[field]))
    .join('\n');
}

function run(): string {
  switch (positionals.slice(0, 2).join(' ')) {
    case 'cloud show':
      return ask(
        {
          name: 'AzureCloud',
          endpoints: {
            activeDirectory: 'https://login.microsoftonline.com',
            microsoftGraphResourceId: 'https://graph.microsoft.com/',
          },
        },
        values.query,
      );
    case 'account show':
      return ask({ tenantId: 'tenant-1' }, values.query);
    default: {
      const call = `${values.method} ${values.url.replace('https://graph.microsoft.com/v1.0/', '')}`;
      for (const [pattern, answer] of routes) {
        const match = pattern.exec(call);
        if (match) return ask(answer(match.slice(1), bodyOf(values.body)), values.query);
      }
      return refuse(`Nobody answers ${call}.`);
    }
  }
}

const said = run();
writeFileSync(file, JSON.stringify(tenant));
if (said !== '') console.log(said);
