import { readFileSync } from 'node:fs';
import type { Node } from 'web-tree-sitter';
import { readConfig } from '../../shared/config/readConfig.ts';
import { settings, type Setting, type SettingName } from '../../shared/config/settings.ts';
import { literalOf, nodesOf, propertiesOf, valueAt } from '../../tools/infra/syntax.ts';
import { template } from './templates.ts';

const nameOf = (name: string): name is SettingName => name in settings;
const deployed = (when: Setting['deployed']): string[] =>
  Object.entries<Setting>(settings).flatMap(([name, setting]) => (setting.deployed === when ? [name] : []));

/** Settings of the platform, which no code of ours reads. */
const platform = /^(AzureWebJobsStorage__credential|OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID)$/;

/** Ids as a deployment would have them, for what templates only know when they run. */
const guid = '8d6c5b4a-3f2e-4d1c-9b0a-1f2e3d4c5b6a';
const texts: Readonly<Record<string, string>> = {
  APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=${guid};IngestionEndpoint=https://westeurope-5.in.applicationinsights.azure.com/`,
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: `ClientId=${guid};Authorization=AAD`,
};

let appSettings: Map<string, Node>;
let optional: Map<string, { type: Node; decorators: string }>;
let functionApp: Awaited<ReturnType<typeof template>>;

beforeAll(async () => {
  functionApp = await template(readFileSync('infra/modules/functionApp.bicep', 'utf8'));
  const resource = functionApp.resources.find(({ name }) => name === 'appsettings');
  const properties = resource && valueAt(resource.body, 'properties');
  const [always] = properties ? nodesOf(properties, 'object') : [];
  if (!always) throw new Error('infra/modules/functionApp.bicep has no app settings.');
  appSettings = propertiesOf(always);

  const types = await template(readFileSync('infra/modules/types.bicep', 'utf8'));
  const declaration = nodesOf(types.root, 'type_declaration').find((node) => node.text.startsWith('type appSettings'));
  const members = nodesOf(declaration ?? types.root, 'object')[0]?.namedChildren ?? [];
  optional = new Map(
    members.flatMap((node, index) => {
      const [key, type] = node.namedChildren;
      const decorators = members[index - 1];
      return node.type === 'object_property' && key && type
        ? [[key.text, { type, decorators: decorators?.type === 'decorators' ? decorators.text : '' }]]
        : [];
    }),
  );
});

test('the app settings in Bicep are those that are always deployed, and some of the platform', () => {
  const names = [...appSettings.keys()];
  expect(names.filter((name) => !platform.test(name)).toSorted()).toEqual(deployed('always').toSorted());
  expect(names.filter((name) => platform.test(name))).toContain('AzureWebJobsStorage__credential');
});

test('the settings that a deployment may change are those that are optional', () => {
  expect([...optional.keys()].toSorted()).toEqual(deployed('optional').toSorted());
});

test('what a deployment may say is what the settings take: the same choices, numbers and kinds', () => {
  for (const [name, { type, decorators }] of optional) {
    const setting: Setting = settings[name as SettingName];
    expect({ name, isNullable: type.text.endsWith('?') }).toEqual({ name, isNullable: true });
    const said = type.text.slice(0, -1);
    if (setting.type === 'choice') {
      expect(nodesOf(type, 'string').map(literalOf)).toEqual(setting.choices);
    } else if (setting.type === 'integer') {
      expect({ name, said }).toEqual({ name, said: 'int' });
      expect(decorators).toContain(`@minValue(${setting.minimum})`);
      expect(decorators).toContain(`@maxValue(${setting.maximum})`);
    } else {
      expect({ name, said }).toEqual({ name, said: setting.type === 'boolean' ? 'bool' : 'string' });
    }
  }
});

test.each(['onBehalfOf', 'managedIdentity'])('the app starts on Azure with what is deployed for %s', (credential) => {
  const env = Object.fromEntries(
    [...appSettings].filter(([name]) => nameOf(name)).map(([name, node]) => [name, literalOf(node) ?? valueOf(name)]),
  );
  const config = readConfig({ ...env, GRAPH_CREDENTIAL: credential });
  expect(config).toMatchObject({
    AUTH_MODE: 'entra',
    DIRECTORY_MODE: 'graph',
    GRAPH_CREDENTIAL: credential,
    isLocal: false,
  });
});

/** What a template would say where it is put together: clouds are called by their names, other addresses are those of storage, all else are ids. */
const valueOf = (name: string): string => {
  const setting: Setting = settings[name as SettingName];
  if (setting.type === 'choice') return setting.choices[0] ?? '';
  if (setting.type !== 'url') return texts[name] ?? guid;
  return Object.keys(setting.names ?? {})[0] ?? 'https://stcontoso.blob.core.windows.net/';
};

test('the clouds and credentials that a template takes are values of the settings', () => {
  const choicesOf = (parameter: string): (string | undefined)[] => {
    const node = nodesOf(functionApp.root, 'parameter_declaration').find(({ text }) =>
      text.startsWith(`param ${parameter} `),
    );
    return node ? nodesOf(node, 'string').map(literalOf) : [];
  };
  expect(choicesOf('cloud')).toEqual(settings.ENTRA_CLOUD.choices);
  expect(choicesOf('cloud')).toEqual(Object.keys(settings.GRAPH_BASE_URL.names));
  expect(choicesOf('graphCredential')).not.toEqual([]);
  expect(settings.GRAPH_CREDENTIAL.choices).toEqual(expect.arrayContaining(choicesOf('graphCredential')));
});
