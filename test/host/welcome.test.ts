import { welcome } from '../../host/welcome.ts';
import { readConfig } from '../../shared/config/readConfig.ts';

const tenant = '11111111-1111-4111-8111-111111111111';
const address = new URL('http://127.0.0.1:7071');
const saidWith = (env: Record<string, string>): string =>
  welcome(readConfig(env, true), address, { storage: 'none', certificatePath: undefined });

const passthrough = { DIRECTORY_MODE: 'graph', AUTH_MODE: 'passthrough', GRAPH_CREDENTIAL: 'callerToken' };

test('what is printed to try works as it stands where any word is a token', () => {
  for (const env of [{}, { ...passthrough, GRAPH_BASE_URL: 'http://127.0.0.1:7072' }]) {
    expect(saidWith(env)).toMatch(/^Try it:\n.*-H 'Authorization: Bearer adele' .*\n.*'Authorization: Bearer adele'$/m);
    expect(saidWith(env)).not.toContain('$TOKEN');
  }
});

test.each([
  ['this service (docs/callers.md)', { AUTH_MODE: 'entra', ENTRA_TENANT_IDS: tenant, ENTRA_AUDIENCES: tenant }],
  ['this service (docs/callers.md)', { AUTH_MODE: 'easyauth', WEBSITE_AUTH_ENABLED: 'true' }],
  ['Microsoft Graph', passthrough],
])('elsewhere it asks for a token for %s', (whom, env) => {
  const said = saidWith(env);
  expect(said).toContain(`Try it, with a token for ${whom} in TOKEN:`);
  expect(said.match(/-H "Authorization: Bearer \$TOKEN"/g)).toHaveLength(2);
  expect(said).not.toContain('adele');
});
