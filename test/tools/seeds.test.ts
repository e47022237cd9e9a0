import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { derive } from '../../tools/derive/derive.ts';
import type { PageSource } from '../../tools/derive/page.ts';
import { generateIn, temporaryFolder } from './generate.ts';
import { warningsOf } from './pages.ts';

/** The form of two older Graph pages, in few words: what is odd about them is here. */
const createDevice = `---
title: "Create device"
ms.prod: "microsoft-identity-platform"
---

# Create device

Create and register a new device in the organization.

## Permissions
One of the following permissions is required. See [Permissions](/graph/permissions-reference).


|Permission type      | Permissions (from least to most privileged)              |
|:--------------------|:---------------------------------------------------------|
|Delegated (work or school account) | Directory.AccessAsUser.All    |
|Delegated (personal Microsoft account) | Not supported.    |
|Application | Device.ReadWrite.All |

## HTTP request
<!-- { "blockType": "ignored" } -->
\`\`\`http
POST /devices

\`\`\`
## Request headers
| Name       | Type | Description|
|:---------------|:--------|:----------|
| Authorization  | string  | Bearer {token}. Required. |
| Content-type | string | application/json |

## Request body
In the request body, supply a JSON representation of [device](../resources/device.md) object.

## Response

If successful, this method returns \`201 Created\` response code.

## Example
##### Request
Here is an example of the request.
<!-- {
  "blockType": "request",
  "name": "create_device_from_devices"
}-->
\`\`\`http
POST https://graph.microsoft.com/v1.0/devices
Content-type: application/json

{
  "accountEnabled":false,
  "alternativeSecurityIds":
  [
    {
      "type":2,
      "key":"base64Y3YxN2E1MWFlYw=="
    }
  ],
  "displayName":"Test device"
}
\`\`\`
In the request body, supply a JSON representation of [device](../resources/device.md) object.
##### Response
<!-- {
  "blockType": "response",
  "truncated": true,
  "@odata.type": "microsoft.graph.device"
} -->
\`\`\`http
HTTP/1.1 201 Created
Content-type: application/json

{
  "displayName":"Test device",
  "id": "id-value"
}
\`\`\`

<!-- uuid: 8fcb5dbc-d5aa-4681-8e31-b001d5168d79
2015-10-25 14:57:30 UTC -->
<!-- {
  "type": "#page.annotation",
  "suppressions": [
  ]
}-->
`;
const createRegisteredDevices = `---
title: "Create registeredDevices"
author: ""
doc_type: apiPageType
---

# Create registeredDevices

Create registeredDevices by posting to the registeredDevices collection.

## Permissions

|Permission type|Permissions (from most to least privileged)|
|:---|:---|
|Delegated (work or school account)|**TODO: Determine scopes **|
|Delegated (personal Microsoft account)|Not supported.|
|Application|**TODO: Determine AppOnly scopes **|

## HTTP Request
<!-- {
  "blockType": "ignored"
}
-->
\`\`\` http
POST /me/registeredDevices/$ref
POST /users/{usersId}/registeredDevices/$ref
\`\`\`

## Request headers
|Header|Value|
|:---|:---|
|Authorization|Bearer {token}|
|Content-Type|application/json|

## Request body
In the request body, supply a JSON representation for the directoryObject object.

The following table shows the properties that are required when you create the directoryObject.

|Property|Type|Description|
|:---|:---|:---|
|id|String| Inherited from [entity](../resources/entity.md)|
|deletedDateTime|DateTimeOffset||



## Response
This method returns a \`201 Created\` response code and a [directoryObject](../resources/directoryobject.md) object.

## Example

### Request
Here is an example of the request.
<!-- {
  "blockType": "request",
  "name": "create_directoryobject_from_directoryobjects"
}
-->
\`\`\` http
POST https://graph.microsoft.com/docs\\api/me/registeredDevices
Content-type: application/json
Content-length: 116

{
  "@odata.type": "#microsoft.graph.directoryObject",
  "deletedDateTime": "2017-01-01T00:00:34.0507931+03:00"
}
\`\`\`

### Response
<!-- {
  "blockType": "response",
  "truncated": true,
  "@odata.type": "microsoft.graph.directoryobject"
}
-->
\`\`\` http
HTTP/1.1 201 Created
Content-Type: application/json

{
  "@odata.type": "#microsoft.graph.directoryObject",
  "id": "98b7e341-e341-98b7-41e3-b79841e3b798",
  "deletedDateTime": "2017-01-01T00:00:34.0507931+03:00"
}
\`\`\`
`;

/** What both the equivalents and the files themselves must come to. */
function expectUnderstood(pages: PageSource[]): void {
  const derived = derive(pages);
  expect(derived.operations.get('createDevice')).toMatchObject({
    paths: ['/devices'],
    permissions: {
      delegated: ['Directory.AccessAsUser.All'],
      delegatedPersonal: [],
      application: ['Device.ReadWrite.All'],
    },
    requestHeaders: [
      { name: 'Authorization', type: 'string', description: 'Bearer {token}. Required.' },
      { name: 'Content-type', type: 'string', description: 'application/json' },
    ],
    body: 'deviceCreate',
    answer: { status: 201, type: 'microsoft.graph.device' },
  });
  expect(derived.operations.get('createRegisteredDevices')).toMatchObject({
    paths: ['/me/registeredDevices/$ref', '/users/{usersId}/registeredDevices/$ref'],
    permissions: { delegated: [], delegatedPersonal: [], application: [] },
    requestHeaders: [
      { name: 'Authorization', description: 'Bearer {token}' },
      { name: 'Content-Type', description: 'application/json' },
    ],
    body: 'directoryObjectCreate',
    answer: { status: 201, type: 'microsoft.graph.directoryObject' },
  });
  expect(derived.schemas.get('deviceCreate')?.properties).toMatchObject({
    accountEnabled: { type: 'boolean' },
    alternativeSecurityIds: { items: { properties: { type: { type: 'integer' }, key: { type: 'string' } } } },
  });
  expect(derived.schemas.get('directoryObjectCreate')?.properties).toMatchObject({
    '@odata.type': { enum: ['#microsoft.graph.directoryObject'] },
    id: { type: ['string', 'null'], maxLength: 1024 },
    deletedDateTime: { type: ['string', 'null'], format: 'date-time' },
  });
  expect(derived.examples.map(({ name, request, response }) => [name, request.path, response.status])).toEqual([
    ['create_device_from_devices', '/v1.0/devices', 201],
    ['create_directoryobject_from_directoryobjects', '/v1.0/me/registeredDevices/$ref', 201],
  ]);
  const warnings = warningsOf(derived).map((warning) => warning.replace(/^[^:]+:\d+: /, ''));
  expect(new Set(warnings)).toEqual(
    new Set([
      '../resources/device.md leads to no file',
      '../resources/entity.md leads to no file',
      '../resources/directoryobject.md leads to no file',
      'no table and no resource page describe deviceCreate; inferred from this example',
      '"**TODO: Determine scopes **" names no permission; taken for "Not supported."',
      '"**TODO: Determine AppOnly scopes **" names no permission; taken for "Not supported."',
      'https://graph.microsoft.com/docs\\api/me/registeredDevices is no version and address of this page; taken for /v1.0/me/registeredDevices/$ref',
    ]),
  );
}

test('pages in the older form are understood, with warnings', () => {
  expectUnderstood([
    { path: '1.txt', text: createDevice },
    { path: '2.txt', text: createRegisteredDevices },
  ]);
});

const seeds = fileURLToPath(new URL('../../../shared/seeds/', import.meta.url));
if (existsSync(seeds)) {
  const folder = temporaryFolder();
  const files = readdirSync(seeds).filter((file) => file.endsWith('.txt'));
  const pages = files.map((path) => ({ path, text: readFileSync(join(seeds, path), 'utf8') }));

  test('the two seed pages, unchanged, are understood as their equivalents are', () => {
    expectUnderstood(pages);
  });

  test('the two seed pages come to files', async () => {
    const { code, stdout } = await generateIn(folder, '--from', seeds, '--out', 'out');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining('Operations: 2, schemas: 2, examples: 2.') as string,
    });
  });
} else {
  test('the seed pages are not beside this checkout; only their equivalents were read', () => {
    expect(existsSync(seeds)).toBe(false);
  });
}
