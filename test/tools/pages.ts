import { derive } from '../../tools/derive/derive.ts';
import type { Derived } from '../../tools/derive/derive.ts';
import type { PageSource } from '../../tools/derive/page.ts';
import { PageErrors, toLine } from '../../tools/derive/pageErrors.ts';
import type { Schema } from '../../tools/derive/schema.ts';

/** A fenced block under its annotation. */
export const block = (annotation: object, content: string): string =>
  `<!-- ${JSON.stringify(annotation)} -->\n\`\`\`http\n${content}\n\`\`\``;

/** A Markdown table; each row is written as its cells with bars between them. */
export const table = (header: string, ...rows: string[]): string => {
  const dashes = header.replace(/[^|]+/g, ':---');
  return [header, dashes, ...rows].map((row) => `|${row}|`).join('\n');
};

/** The parts of a good operation page, "Create device"; a test replaces those it is about. */
const operationParts = {
  frontMatter: '---\ntitle: "Create device"\ndoc_type: apiPageType\n---',
  title: '# Create device',
  lead: 'Register a new device.',
  permissions: `## Permissions\n\n${table(
    'Permission type|Least privileged permissions|Higher privileged permissions',
    'Delegated (work or school account)|Directory.AccessAsUser.All|Not available.',
    'Delegated (personal Microsoft account)|Not supported.|Not supported.',
    'Application|Device.ReadWrite.All|Directory.ReadWrite.All, Directory.Other.All',
  )}`,
  httpRequest: `## HTTP request\n\n${block({ blockType: 'ignored' }, 'POST /devices')}`,
  parameters: '',
  requestHeaders: `## Request headers\n\n${table('Name|Description', 'Authorization|Bearer {token}. Required.')}`,
  requestBody:
    '## Request body\n\nIn the request body, supply a JSON representation of the [device](../resources/device.md) object.',
  response: '## Response\n\nIf successful, this method returns a `201 Created` response code.',
  request: `## Examples\n\n### Request\n\n${block(
    { blockType: 'request', name: 'create_device' },
    'POST https://graph.microsoft.com/v1.0/devices\nContent-Type: application/json\n\n{ "displayName": "Test device" }',
  )}`,
  answer: `### Response\n\n${block(
    { blockType: 'response', truncated: true, '@odata.type': 'microsoft.graph.device' },
    'HTTP/1.1 201 Created\nContent-Type: application/json\n\n{ "id": "id-value" }',
  )}`,
};

/** The parts of a good resource page, "device resource type". */
const resourceParts = {
  frontMatter: '---\ntitle: "device resource type"\ndoc_type: resourcePageType\n---',
  title: '# device resource type',
  lead: 'A device in the directory.',
  properties: `## Properties\n\n${table(
    'Property|Type|Description',
    'id|String|The object id. Read-only. Not nullable.',
    'displayName|String|The name. Maximum length is 256 characters.',
  )}`,
  relationships: '',
  representation: `## JSON representation\n\n${block(
    { blockType: 'resource', '@odata.type': 'microsoft.graph.device', keyProperty: 'id' },
    '{\n  "id": "String (identifier)",\n  "displayName": "String"\n}',
  )}`,
};

const join = (parts: Record<string, string>): string =>
  `${Object.values(parts)
    .filter((part) => part !== '')
    .join('\n\n')}\n`;

export const createDevice = (parts: Partial<typeof operationParts> = {}): PageSource => ({
  path: 'api/create-device.md',
  text: join({ ...operationParts, ...parts }),
});

export const device = (parts: Partial<typeof resourceParts> = {}): PageSource => ({
  path: 'resources/device.md',
  text: join({ ...resourceParts, ...parts }),
});

/** A resource page out of rows `name|type|description` and the JSON that shows them. */
export const resource = (name: string, rows: string[], shown: object, annotation: object = {}): PageSource => ({
  path: `resources/${name.toLowerCase()}.md`,
  text: join({
    title: `# ${name} resource type`,
    properties: `## Properties\n\n${table('Property|Type|Description', ...rows)}`,
    representation: `## JSON representation\n\n${block(
      { blockType: 'resource', '@odata.type': `microsoft.graph.${name}`, ...annotation },
      JSON.stringify(shown, null, 2),
    )}`,
  }),
});

/** The device resource with these properties. */
export const deviceWith = (rows: string[], shown: object, annotation: object = {}): PageSource =>
  resource('device', rows, shown, annotation);

/** "Create device" with a property table in its request body, and an example that the table cannot disagree with. */
export const createDeviceWith = (...rows: string[]): PageSource =>
  createDevice({
    requestBody: `## Request body\n\nSupply a JSON representation of the [device](../resources/device.md) object.\n\n${table(
      'Property|Type|Description',
      ...rows,
    )}`,
    request: `## Examples\n\n${block({ blockType: 'request', name: 'create_device' }, 'POST /v1.0/devices')}`,
  });

/** What is wrong with the pages, one line each; nothing when they are good. */
export function problems(...pages: PageSource[]): string[] {
  try {
    derive(pages);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof PageErrors)) throw thrown;
    return thrown.problems.map((problem) => toLine(problem));
  }
}

/** `path:line`, the line being the first one of the page that holds `text`. */
export function place(page: PageSource, text: string): string {
  const line = page.text.split(/\r?\n/).findIndex((content) => content.includes(text));
  if (line < 0) throw new Error(`${page.path} does not say ${text}`);
  return `${page.path}:${line + 1}`;
}

/** Pages that belong together and are good. */
export const goodPages = (): PageSource[] => [createDevice(), device()];

export const operationOf = (...pages: PageSource[]) => {
  const [operation] = derive(pages).operations.values();
  if (!operation) throw new Error('these pages describe no operation');
  return operation;
};

export function schemaOf(name: string, ...pages: PageSource[]): Schema & { properties: Record<string, Schema> } {
  const schema = derive(pages).schemas.get(name);
  if (!schema?.properties) throw new Error(`these pages describe no ${name}`);
  return { ...schema, properties: schema.properties };
}

export const exampleOf = (...pages: PageSource[]) => {
  const [example] = derive(pages).examples;
  if (!example) throw new Error('these pages show no example');
  return example;
};

export const warningsOf = (derived: Derived): string[] => derived.warnings.map((warning) => toLine(warning));
