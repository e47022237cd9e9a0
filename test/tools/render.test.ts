import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { derive } from '../../tools/derive/derive.ts';
import { filesOf, temporaryFolder } from './generate.ts';
import { createDevice, createDeviceWith, deviceWith, resource } from './pages.ts';

interface Validator {
  (data: unknown): boolean;
  errors?: { instancePath: string; keyword: string; params: object }[] | null;
}

const folder = temporaryFolder();
const temporary = (): string => mkdtempSync(join(folder, 'other-'));

const securityKey = resource(
  'securityKey',
  ['type|Int32|', 'key|Binary|Required. Also accepted as documented: `base64Y3YxN2E1MWFlYw==`.'],
  {
    type: 'Int32',
    key: 'Binary',
  },
);
const linuxBox = deviceWith(
  [
    'id|String|Read-only.',
    'deviceId|String|',
    'name|String|',
    'made|DateTimeOffset|',
    'keys|securityKey collection|',
    'owner|securityKey|',
  ],
  {
    id: 'String',
    deviceId: 'String',
    name: 'String',
    made: 'timestamp',
    keys: [{ '@odata.type': 'a.securityKey' }],
    owner: {},
  },
  { openType: true },
);
const pages = [
  createDeviceWith(
    'deviceId|String|Required. Must be a GUID.',
    'name|String|Required. Maximum length is 5 characters.',
    'made|DateTimeOffset|',
    'keys|securityKey collection|Required. At most 2 items.',
    'owner|securityKey|',
  ),
  linuxBox,
  securityKey,
];
const good = { deviceId: '4c299165-6e8f-4b45-a5ba-c5d250a707ff', name: 'box', keys: [{ type: 2, key: 'YWJj' }] };

let files: Map<string, string>;
beforeAll(async () => {
  files = await filesOf(folder, pages);
});
const file = (path: string): string => files.get(path) ?? '';

describe('the validators', () => {
  let deviceCreate: Validator;
  beforeAll(() => {
    const path = join(folder, 'out/validators.js');
    ({ deviceCreate } = jest.requireActual<{ deviceCreate: Validator }>(path));
  });
  const errorsOf = (data: unknown): string[] =>
    deviceCreate(data)
      ? []
      : (deviceCreate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);

  test('accept a good body, with dates in any precision and zone', () => {
    expect(errorsOf(good)).toEqual([]);
    expect(errorsOf({ ...good, '@odata.type': '#microsoft.graph.device', owner: null, made: null })).toEqual([]);
    expect(errorsOf({ ...good, made: '2017-01-01T00:00:34.0507931+03:00' })).toEqual([]);
    expect(errorsOf({ ...good, keys: [{ key: 'base64Y3YxN2E1MWFlYw==' }] })).toEqual([]);
  });

  test('name everything that is wrong at once, each thing once', () => {
    const body = {
      '@odata.type': '#microsoft.graph.user',
      deviceId: 'urn:uuid:4c299165-6e8f-4b45-a5ba-c5d250a707ff',
      name: '',
      made: '2017-02-30T00:00:00Z',
      keys: [{ type: 2147483648, key: 'YWJ' }, { other: true }],
      id: 'mine',
      nmae: 'box',
    };
    expect(errorsOf(body)).toEqual([
      ' additionalProperties',
      '/@odata.type enum',
      '/deviceId pattern',
      '/name minLength',
      '/made format',
      '/keys/0/type maximum',
      '/keys/0/key pattern',
      '/keys/1 required',
      '/keys/1 additionalProperties',
      '/id not',
    ]);
  });

  test('refuse what is missing, empty, too long or too many, and what is no object', () => {
    expect(errorsOf({ deviceId: good.deviceId })).toEqual([' required', ' required']);
    expect(errorsOf({ ...good, name: 'x'.repeat(6), keys: [] })).toEqual(['/name maxLength', '/keys minItems']);
    expect(errorsOf({ ...good, keys: Array(3).fill(good.keys[0]) })).toEqual(['/keys maxItems']);
    expect(errorsOf({ ...good, name: null, owner: [] })).toEqual(['/name type', '/owner type']);
    expect(errorsOf([])).toEqual([' type']);
    expect(errorsOf(null)).toEqual([' type']);
    expect(errorsOf({})).toContain(' minProperties');
    expect(errorsOf(JSON.parse('{ "__proto__": 1, "constructor": 1 }'))).toContain(' additionalProperties');
  });

  test('accept extensions by their names and bounds, and no others', () => {
    const appId = 'a'.repeat(32);
    expect(errorsOf({ ...good, [`extension_${appId}_badge`]: ['a', 'b'], [`extension_${appId}_floor`]: null })).toEqual(
      [],
    );
    expect(errorsOf({ ...good, ext12345678_course: { id: 1, title: 'x', done: false } })).toEqual([]);
    expect(errorsOf({ ...good, extension_short_badge: 'a' })).toEqual([' additionalProperties']);
    expect(errorsOf({ ...good, [`extension_${appId}_badge`]: 'x'.repeat(257) })).toEqual([
      `/extension_${appId}_badge maxLength`,
    ]);
    expect(errorsOf({ ...good, [`extension_${appId}_badge`]: { deep: 1 } })).toEqual([
      `/extension_${appId}_badge type`,
    ]);
    expect(errorsOf({ ...good, ext12345678_course: { deep: { deeper: 1 } } })).toEqual([
      '/ext12345678_course/deep type',
    ]);
  });

  test('stay quick and small on hostile bodies', () => {
    const started = performance.now();
    expect(errorsOf({ ...good, keys: Array(1_000_000).fill(0) })).toHaveLength(1000);
    expect(errorsOf({ ...good, made: 't'.repeat(4_000_000) })).toEqual(['/made format']);
    expect(errorsOf({ ...good, keys: [{ key: 'A'.repeat(40_000_000) }] })).toEqual([
      '/keys/0/key maxLength',
      '/keys/0/key pattern',
    ]);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('need nothing: no import, no code out of text', () => {
    const code = file('validators.js');
    expect(code).not.toMatch(/^\s*import\b|\bimport\(|\beval\(|new Function|[^'_]\brequire\(/m);
    expect(code).toContain('export {\n  deviceCreate\n};');
    expect(code.split('\n')[0]).toContain('do not edit');
  });
});

/** What TypeScript finds wrong with a module beside the generated ones. */
function typeErrors(use: string): string[] {
  const path = join(folder, 'out/use.ts');
  writeFileSync(path, use);
  const program = ts.createProgram([path], {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    types: [],
    allowImportingTsExtensions: true,
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
  });
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('the types', () => {
  test('are one for each schema, closed where the schema is, without what a body refuses', () => {
    const types = file('types.ts');
    expect(types.match(/^export .*/gm)).toEqual([
      'export interface Device {',
      'export interface DeviceCreate {',
      'export interface SecurityKey {',
    ]);
    const [, open = '', create = '', closed = ''] = types.split(/^export interface /m);
    expect(open).toContain('[k: string]: unknown');
    expect(create).toContain('[k: string]: unknown');
    expect(closed).not.toContain('[k: string]');
    expect(open).toContain('\n  id?: string | null;');
    expect(open).toContain('\n  keys?: SecurityKey[] | null;');
    expect(open).toContain('\n  owner?: SecurityKey | null;');
    expect(create).not.toMatch(/\n {2}id\?/);
    expect(create).toContain("\n  '@odata.type'?: '#microsoft.graph.device';");
    expect(create).toMatch(/\n {2}name: string;/);
  });

  test('fit the validators, which guard them', () => {
    const use = `
      import { deviceCreate } from './validators.js';
      import type { Device, SecurityKey } from './types.ts';
      export const device: Device = { id: 'a', keys: [{ key: 'YWJj' }] };
      export const key: SecurityKey = { type: 2 };
      export const name = (data: unknown): string =>
        deviceCreate(data) ? data.name : (deviceCreate.errors?.[0]?.instancePath ?? '');
    `;
    expect(typeErrors(use)).toEqual([]);
    expect(
      typeErrors("import type { SecurityKey } from './types.ts'; export const key: SecurityKey = { tpye: 2 };"),
    ).toHaveLength(1);
  });
});

test('the files are the same bytes whenever and in whatever order the pages are read', async () => {
  expect([...(await filesOf(temporary(), pages.toReversed()))]).toEqual([...files]);
  expect(derive(pages.toReversed())).toEqual(derive(pages));
  expect([...files.keys()]).toEqual([
    'bodies.json',
    'descriptions.json',
    'examples.json',
    'operations.json',
    'schemas.ts',
    'schemas/device.json',
    'schemas/deviceCreate.json',
    'schemas/securityKey.json',
    'types.ts',
    'validators.d.ts',
    'validators.js',
  ]);
  for (const content of files.values()) expect(content).toMatch(/[^\n]\n$/);
});

test('operations.json holds by id what runs, descriptions.json what is said of it, bodies.json how bodies are spoken of', () => {
  const { createDevice: served } = JSON.parse(file('operations.json')) as Record<string, object>;
  expect(Object.keys(served ?? {})).toEqual(['id', 'method', 'paths', 'permissions', 'body']);
  expect(served).toMatchObject({ id: 'createDevice', body: 'deviceCreate' });
  const { createDevice: said } = JSON.parse(file('descriptions.json')) as Record<string, object>;
  expect(said).toMatchObject({ title: 'Create device', page: expect.any(String) as string, answer: { status: 201 } });
  expect(Object.keys(said ?? {}).filter((key) => key in (served ?? {}))).toEqual(['body']);
  expect(JSON.parse(file('bodies.json'))).toEqual({ deviceCreate: { resource: 'Device', maxExtensions: 100 } });
});

test('a schema file says that it is generated', () => {
  expect(file('schemas/deviceCreate.json')).toContain('"$comment": "Generated by');
});

test('schemas.ts is a module that holds every schema by its name', () => {
  const list = file('schemas.ts');
  expect(list.match(/from '[^']+'/g)).toEqual([
    "from './schemas/device.json'",
    "from './schemas/deviceCreate.json'",
    "from './schemas/securityKey.json'",
  ]);
  expect(list).toContain('= { device, deviceCreate, securityKey };');
});

test('operations without bodies leave validators without functions', async () => {
  const without = await filesOf(temporary(), [createDevice({ requestBody: '' })]);
  const nothing = '// Generated by `npm run generate` from the reference pages; do not edit.\n';
  expect(without.get('types.ts')).toBe(nothing);
  expect(without.get('validators.d.ts')).toBe(`${nothing}export {};\n`);
  expect(without.get('validators.js')).toBe(`${nothing}export {};\n`);
});
