import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { parse } from 'yaml';
import type { BicepFile } from '../../tools/infra/bicepFile.ts';
import { template } from './templates.ts';

const read = (path: string): Promise<BicepFile> => template(readFileSync(path, 'utf8'), path);
const namesOf = ({ declared }: BicepFile, wanted: string): string[] =>
  declared.filter(({ kind }) => kind === wanted).map(({ name }) => name);

const azd = parse(readFileSync('azure.yaml', 'utf8')) as {
  services: Record<string, { project: string; dist: string; remoteBuild: boolean }>;
  hooks: Record<string, { run: string }>;
};

test('azd finds the function app by the name of its service, and deploys what the build has made', () => {
  const [[name, service]] = Object.entries(azd.services) as [[string, object]];
  expect(readFileSync('infra/modules/functionApp.bicep', 'utf8')).toContain(`'azd-service-name': '${name}'`);
  expect(service).toMatchObject({ project: '.', dist: 'dist', remoteBuild: false });
});

test('what azd deploys holds neither maps nor settings of this machine', () => {
  expect(readFileSync('dist/.funcignore', 'utf8').split('\n')).toEqual(['*.map', 'local.settings.json', '']);
});

test('what azd does after the resources are there says the next step, with what the template has put out', async () => {
  const script = String(azd.hooks.postprovision?.run);
  expect(statSync(script).mode & 0o111).not.toBe(0);
  const outputs = namesOf(await read('infra/main.bicep'), 'output');
  const env = Object.fromEntries([...outputs, 'AZURE_LOCATION'].map((name) => [name, `value-of-${name}`]));
  const { status, stdout } = spawnSync('sh', [script], { encoding: 'utf8', env: { PATH: process.env.PATH, ...env } });
  expect(status).toBe(0);
  const given = [...stdout.matchAll(/(\w+)=value-of-(\w+)/g)].map(([, parameter]) => parameter);
  expect(given).toEqual(['identityPrincipalId', 'graphCredential']);
  expect(namesOf(await read('infra/graph/grants.bicep'), 'param')).toEqual(expect.arrayContaining(given));
});

test('the guide says every value that azd needs, and every parameter that can be chosen', async () => {
  const guide = readFileSync('docs/deploying.md', 'utf8');
  const asked = [...readFileSync('infra/main.parameters.json', 'utf8').matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
  const byAzd = ['AZURE_ENV_NAME', 'AZURE_LOCATION'];
  expect(asked.length).toBeGreaterThan(byAzd.length);
  for (const name of asked.filter((found = '') => !byAzd.includes(found))) {
    expect(guide).toMatch(new RegExp(`\\b${String(name)}\\b`));
  }
  const { declared } = await read('infra/main.bicep');
  const optional = declared.filter(({ kind, isRequired }) => kind === 'param' && !isRequired);
  for (const { name } of optional) expect(guide).toContain(`| \`${name}\``);
});

test('the linter is as strict with the templates of infra/graph as with the others', () => {
  const rulesOf = (path: string): unknown =>
    (JSON.parse(readFileSync(path, 'utf8')) as { analyzers: unknown }).analyzers;
  expect(rulesOf('infra/graph/bicepconfig.json')).toEqual(rulesOf('infra/bicepconfig.json'));
});
