import { HttpMethod, RequestInformation, type Parsable, type ParsableFactory } from '@microsoft/kiota-abstractions';
import { GraphRequestAdapter } from '@microsoft/msgraph-sdk';
import {
  BatchRequestContent,
  BatchRequestContentCollection,
  GraphAzureIdentityAuthenticationProvider,
  PageIterator,
} from '@microsoft/msgraph-sdk-core';
import * as models from '@microsoft/msgraph-sdk/models/index.js';
import { createODataErrorFromDiscriminatorValue } from '@microsoft/msgraph-sdk/models/oDataErrors/index.js';
import { linuxBox } from '../support/devices.ts';
import { take } from './steps.ts';

/**
 * A program that uses `@microsoft/msgraph-sdk`: its adapter with all its handlers, its models, batches and page iterator. Fluent paths for
 * devices are not published; the requests are described as those would describe them. `BASE` serves, `THROTTLED` is busy at first.
 */
const { BASE = '', THROTTLED = '' } = process.env;
const errors = { XXX: createODataErrorFromDiscriminatorValue as ParsableFactory<Parsable> };

function adapterOf(base: string): GraphRequestAdapter {
  const adapter = new GraphRequestAdapter(
    new GraphAzureIdentityAuthenticationProvider(
      { getToken: () => Promise.resolve({ token: 'adele', expiresOnTimestamp: Date.now() + 3_600_000 }) },
      [`${base}/.default`],
      undefined,
      new Set([new URL(base).hostname]),
    ),
  );
  adapter.baseUrl = `${base}/v1.0`;
  return adapter;
}
const adapter = adapterOf(BASE);

const template = (path: string): string => `{+baseurl}${path}{?%24select,%24filter,%24top,%24count}`;

function request(method: HttpMethod, path: string, query: Record<string, string | number | boolean> = {}) {
  const info = new RequestInformation(method, template(path), { baseurl: adapter.baseUrl });
  Object.assign(info.queryParameters, query);
  info.headers.add('Accept', 'application/json');
  return info;
}

const user = 'f1d2a3b4-0000-4000-8000-000000000001';
let id = '';

/** The client keeps the key as bytes, and writes it as base64. */
const key = new TextEncoder().encode('cv17a51aec').buffer;

function creation(displayName: string): RequestInformation {
  const device = { ...linuxBox({ displayName }), alternativeSecurityIds: [{ type: 2, key }] };
  const info = request(HttpMethod.POST, '/devices');
  info.setContentFromParsable(adapter, 'application/json', device, models.serializeDevice);
  return info;
}

const deviceOf = (info: RequestInformation): Promise<models.Device | undefined> =>
  adapter.send<models.Device>(info, models.createDeviceFromDiscriminatorValue, errors);
const objectsOf = (info: RequestInformation): Promise<models.DirectoryObjectCollectionResponse | undefined> =>
  adapter.send<models.DirectoryObjectCollectionResponse>(
    info,
    models.createDirectoryObjectCollectionResponseFromDiscriminatorValue,
    errors,
  );
function devicesOf(query: Record<string, string | number | boolean>) {
  const info = request(HttpMethod.GET, '/devices', query);
  info.headers.add('ConsistencyLevel', 'eventual');
  return adapter.send<models.DeviceCollectionResponse>(
    info,
    models.createDeviceCollectionResponseFromDiscriminatorValue,
    errors,
  );
}
const shown = (device: models.Device | undefined) => ({ id: device?.id, displayName: device?.displayName });

await take({
  async create() {
    const device = await deviceOf(creation('sdkBox'));
    id = device?.id ?? '';
    return {
      ...shown(device),
      key: device?.alternativeSecurityIds?.map((one) => Buffer.from(one.key ?? key).toString()),
    };
  },
  get: async () => shown(await deviceOf(request(HttpMethod.GET, `/devices/${id}`, { '%24select': 'id,displayName' }))),
  async update() {
    const info = request(HttpMethod.PATCH, `/devices/${id}`);
    info.setContentFromParsable(adapter, 'application/json', { displayName: 'sdkBox 2' }, models.serializeDevice);
    await adapter.sendNoResponseContent(info, errors);
    return shown(await deviceOf(request(HttpMethod.GET, `/devices/${id}`)));
  },
  error: () => deviceOf(request(HttpMethod.GET, `/devices/${user}`)),
  // This version of the client sends neither headers nor JSON bodies in a batch, and reads no JSON from one: it can read and delete.
  async batch() {
    const content = new BatchRequestContent(adapter, errors);
    for (let count = 0; count < 19; count += 1) content.addBatchRequest(request(HttpMethod.GET, `/devices/${id}`));
    content.addBatchRequest(request(HttpMethod.GET, `/devices/${user}`), 'unknown');
    return [...((await (await content.postAsync())?.getResponsesStatusCodes()) ?? [])];
  },
  async split() {
    const creations = Array.from({ length: 60 }, async () => (await deviceOf(creation('sdkBatchBox')))?.id ?? '');
    const ids = await Promise.all(creations);
    const collection = new BatchRequestContentCollection(adapter, errors, 20);
    for (const each of ids) collection.addBatchRequest(request(HttpMethod.GET, `/devices/${each}`), each);
    const statuses = (await (await collection.postAsync())?.getResponsesStatusCodes()) ?? new Map<string, number>();
    return ids.map((each) => statuses.get(each));
  },
  async link() {
    const info = request(HttpMethod.POST, `/devices/${id}/registeredUsers/$ref`);
    const reference = { odataId: `${BASE}/v1.0/users/${user}` };
    info.setContentFromParsable(adapter, 'application/json', reference, models.serializeReferenceCreate);
    await adapter.sendNoResponseContent(info, errors);
    const linked = await objectsOf(request(HttpMethod.GET, `/users/${user}/registeredDevices`));
    return linked?.value?.map((object) => [object.id, object.odataType]);
  },
  async linked() {
    const users = await objectsOf(request(HttpMethod.GET, `/devices/${id}/registeredUsers`));
    await adapter.sendNoResponseContent(
      request(HttpMethod.DELETE, `/devices/${id}/registeredUsers/${user}/$ref`),
      errors,
    );
    const rest = await objectsOf(request(HttpMethod.GET, `/devices/${id}/registeredUsers`));
    return [users?.value?.map((object) => object.id), rest?.value];
  },
  async filter() {
    const found = await devicesOf({ '%24filter': "displayName eq 'sdkBox 2'", '%24count': true });
    return { count: found?.odataCount, value: found?.value?.map(shown) };
  },
  async listAll() {
    const ids = new Set<string>();
    const first = (await devicesOf({ '%24top': 15 })) ?? { value: [] };
    const pages = new PageIterator<models.Device>(
      adapter,
      first as ConstructorParameters<typeof PageIterator<models.Device>>[1],
      (device) => ids.add(device.id ?? '').size > 0,
      models.createDeviceCollectionResponseFromDiscriminatorValue,
      errors,
    );
    await pages.iterate();
    return { found: ids.size, state: pages.getPagingState() };
  },
  async delete() {
    await adapter.sendNoResponseContent(request(HttpMethod.DELETE, `/devices/${id}`), errors);
    return deviceOf(request(HttpMethod.GET, `/devices/${id}`));
  },
  async throttled() {
    const busy = adapterOf(THROTTLED);
    const info = new RequestInformation(HttpMethod.GET, template('/me'), { baseurl: busy.baseUrl });
    return (await busy.send<models.User>(info, models.createUserFromDiscriminatorValue, errors))?.id;
  },
});
