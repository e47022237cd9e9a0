import { moduleFaults, parameterFaults, parameterFile } from '../../tools/infra/parameters.ts';
import {
  described,
  filesExist,
  knownRoles,
  knownVersions,
  noKeys,
  requiredProperties,
} from '../../tools/infra/rules.ts';
import type { Rule } from '../../tools/infra/rules.ts';
import { syntaxFaults } from '../../tools/infra/syntax.ts';
import { template } from './templates.ts';

const nothingElse = (): boolean => false;

/** What a rule says of a template, each finding as `line message`. */
async function said(rule: Rule, text: string, exists = nothingElse): Promise<string[]> {
  return rule(await template(text), exists).map(({ line, message }) => `${line} ${message}`);
}

const safeStore = `resource account 'Microsoft.Storage/storageAccounts@2025-08-01' = {
  name: 'st'
  properties: {
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}`;

test('infra: what is no Bicep is found with its line, and what is missing is named', async () => {
  const faults = async (text: string): Promise<string[]> => {
    const { path, root } = await template(text);
    return syntaxFaults(path, root).map(({ line, message }) => `${line} ${message}`);
  };
  expect(await faults("param a string = 'x'\n")).toEqual([]);
  expect(await faults("param a string = 'x'\n\nvar b = 'it''s'\n")).toEqual([expect.stringMatching(/^3 This is not/)]);
  expect(await faults("var a = {\n  b: 'c'\n")).not.toEqual([]);
});

test('infra: an extension is no fault of the syntax, and the rest of its file is read', async () => {
  const text = "extension microsoftGraphV1\n\nresource a 'Microsoft.Graph/users@v1.0' = {\n  name: 'x'\n}\n";
  const file = await template(text);
  expect(file.extensions).toEqual(['microsoftGraphV1']);
  expect(syntaxFaults(file.path, file.root)).toEqual([]);
  expect(await said(knownVersions, text)).toEqual([expect.stringMatching(/^3 Microsoft.Graph\/users@v1.0 is not/)]);
});

test('infra: a version of a type that nobody has looked up is found, also of a resource inside another', async () => {
  expect(await said(knownVersions, safeStore)).toEqual([]);
  expect(await said(knownVersions, "resource a 'Microsoft.Web/sites@2020-01-01' = {\n  name: 'x'\n}")).toEqual([
    '1 Microsoft.Web/sites@2020-01-01 is not in the table of tools/infra/tables.ts.',
  ]);
  const nested = safeStore.replace(/\}$/, "\n  resource queues 'fileServices' = {\n    name: 'default'\n  }\n}");
  expect(await said(knownVersions, nested)).toEqual([
    '12 Microsoft.Storage/storageAccounts/fileServices@2025-08-01 is not in the table of tools/infra/tables.ts.',
  ]);
});

test('infra: a resource that leaves its safety to defaults, or gives it away, is found', async () => {
  expect(await said(requiredProperties, safeStore)).toEqual([]);
  expect(await said(requiredProperties, safeStore.replace('SharedKeyAccess: false', 'SharedKeyAccess: true'))).toEqual([
    '1 Microsoft.Storage/storageAccounts needs properties.allowSharedKeyAccess: false.',
  ]);
  expect(await said(requiredProperties, safeStore.replace(/\n {4}minimumTls.*/, ''))).toEqual([
    "1 Microsoft.Storage/storageAccounts needs properties.minimumTlsVersion: 'TLS1_2'.",
  ]);
  expect(
    await said(requiredProperties, safeStore.replace("' = {", "' existing = {").replace(/ {2}prop[^]*\n\}/, '}')),
  ).toEqual([]);
});

test('infra: a role assignment says where it holds, and resources in loops are looked into', async () => {
  const assignment = `resource a 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in roles: {
  name: role
  properties: { principalType: 'User', roleDefinitionId: role }
}]`;
  expect(await said(requiredProperties, assignment)).toEqual([
    '1 Microsoft.Authorization/roleAssignments needs scope.',
    "1 Microsoft.Authorization/roleAssignments needs properties.principalType: 'ServicePrincipal'.",
  ]);
});

test.each([
  'account.listKeys().keys[0].value',
  "'DefaultEndpointsProtocol=https;AccountKey=abc'",
  'account.listAccountSas()',
])('infra: %s is about a shared key', async (expression) => {
  expect(await said(noKeys, `var a = 1\nvar b = ${expression}\n`)).toEqual([expect.stringMatching(/^2 .* shared key/)]);
  expect(await said(noKeys, safeStore)).toEqual([]);
});

test('infra: a role that is not in the table is found', async () => {
  const give = (id: string): string =>
    `var role = '${id}'\nresource a 'Microsoft.Authorization/roleAssignments@2022-04-01' = {\n  name: role\n}`;
  expect(await said(knownRoles, give('3913510d-42f4-4e42-8a64-420c390055eb'))).toEqual([]);
  expect(await said(knownRoles, give('8e3af657-a8ff-443c-a75c-2fe8c4bcb635'))).toEqual([
    "1 '8e3af657-a8ff-443c-a75c-2fe8c4bcb635' is no role of tools/infra/tables.ts.",
  ]);
});

test('infra: modules, types and data that are not there are found', async () => {
  const text = "import { a } from 'types.bicep'\nmodule m 'm.bicep' = {\n}\nvar p = loadJsonContent('p.json')\n";
  expect(await said(filesExist, text)).toEqual([
    '2 There is no file infra/modules/m.bicep.',
    '1 There is no file infra/modules/types.bicep.',
    '4 There is no file infra/modules/p.json.',
  ]);
  expect(await said(filesExist, text, () => true)).toEqual([]);
});

test('infra: what nobody describes is found', async () => {
  const text = "@description('What it is.')\nparam a string\n@minLength(1)\nparam b string\noutput c string = a\n";
  expect(await said(described, text)).toEqual(['4 param b has no @description.', '5 output c has no @description.']);
});

test('infra: parameters that are not declared, or required and not given, are found', async () => {
  const main = await template("param a string\nparam b string = ''\nparam c string?\n", 'infra/main.bicep');
  const given = (parameters: object): string[] =>
    parameterFaults(parameterFile('infra/main.parameters.json', JSON.stringify({ parameters })), main).map(
      ({ message }) => message,
    );
  expect(given({ a: {} })).toEqual([]);
  expect(given({ b: {}, d: {} })).toEqual([
    'infra/main.bicep has no parameter d.',
    'infra/main.bicep needs the parameter a.',
  ]);
});

test('infra: a module is given what it declares', async () => {
  const sample = await template('param a string\n', 'infra/modules/sample.bicep');
  const user = await template("module m 'modules/sample.bicep' = {\n  params: { b: 1 }\n}", 'infra/main.bicep');
  expect(moduleFaults(user, [sample, user])).toEqual([
    { path: 'infra/main.bicep', line: 1, message: 'infra/modules/sample.bicep has no parameter b.' },
    { path: 'infra/main.bicep', line: 1, message: 'infra/modules/sample.bicep needs the parameter a.' },
  ]);
});
