import graph, { type BatchRequestStep, type PageCollection } from '@microsoft/microsoft-graph-client';
import azure from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js';
import { linuxBox } from '../support/devices.ts';
import { take } from './steps.ts';

/** A program that uses `@microsoft/microsoft-graph-client` as its documentation shows. `BASE` serves, `THROTTLED` is busy at first. */
const { BatchRequestContent, BatchResponseContent, Client, PageIterator } = graph;
const { BASE = '', THROTTLED = '' } = process.env;

const clientOf = (base: string) =>
  Client.initWithMiddleware({
    baseUrl: `${base}/`,
    customHosts: new Set([new URL(base).hostname]),
    authProvider: new azure.TokenCredentialAuthenticationProvider(
      { getToken: () => Promise.resolve({ token: 'adele', expiresOnTimestamp: Date.now() + 3_600_000 }) },
      { scopes: [`${base}/.default`] },
    ),
  });
const client = clientOf(BASE);

interface Device {
  id: string;
  displayName: string;
}

const box = linuxBox({ displayName: 'clientBox' });
const user = 'f1d2a3b4-0000-4000-8000-000000000001';
let id = '';

/** The client takes the origin off an address; what remains is below the version. */
const creation = (step: string, dependsOn?: string[]): BatchRequestStep => ({
  id: step,
  ...(dependsOn && { dependsOn }),
  request: new Request(`${BASE}/devices`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(linuxBox({ displayName: 'batchBox' })),
  }),
});

/** Sends steps as one batch; @returns status and body of each */
async function sendBatch(steps: BatchRequestStep[]): Promise<{ step: string; status: number; body: unknown }[]> {
  const content = await new BatchRequestContent(steps).getContent();
  const answer = new BatchResponseContent(
    (await client.api('/$batch').post(content)) as ConstructorParameters<typeof BatchResponseContent>[0],
  );
  return Promise.all(
    [...answer.getResponses()].map(async ([step, response]) => ({
      step,
      status: response.status,
      body: response.status === 204 ? undefined : await response.json(),
    })),
  );
}

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index));

await take({
  async create() {
    const device = (await client.api('/devices').post(box)) as Device;
    id = device.id;
    return device;
  },
  get: () => client.api(`/devices/${id}`).select('id,displayName').get(),
  update: async () => ({
    answer: (await client.api(`/devices/${id}`).patch({ operatingSystemVersion: '7' })) as unknown,
    device: (await client.api(`/devices/${id}`).get()) as unknown,
  }),
  error: () => client.api('/devices/98b7e341-e341-98b7-41e3-b79841e3b798').get(),
  refusal: () => client.api('/devices').post({ displayName: 'clientBox' }),
  batch: () => sendBatch(names(20).map((name) => creation(name))),
  async split() {
    const steps = names(60).map((name) => creation(name));
    return [
      await sendBatch(steps.slice(0, 20)),
      await sendBatch(steps.slice(20, 40)),
      await sendBatch(steps.slice(40)),
    ];
  },
  serial: () =>
    sendBatch([
      creation('create'),
      { id: 'me', dependsOn: ['create'], request: new Request(`${BASE}/me`, { method: 'GET' }) },
      { id: 'lost', dependsOn: ['me'], request: new Request(`${BASE}/devices/${user}`, { method: 'GET' }) },
      { id: 'never', dependsOn: ['lost'], request: new Request(`${BASE}/me`, { method: 'GET' }) },
    ]),
  async link() {
    const answer = (await client
      .api(`/devices/${id}/registeredUsers/$ref`)
      .post({ '@odata.id': `${BASE}/v1.0/users/${user}` })) as unknown;
    return { answer, devices: (await client.api(`/users/${user}/registeredDevices`).get()) as unknown };
  },
  linked: () => client.api(`/devices/${id}/registeredUsers`).get(),
  filter: () =>
    client
      .api('/devices')
      .header('ConsistencyLevel', 'eventual')
      .filter("startsWith(displayName,'client') and accountEnabled eq true")
      .count(true)
      .get(),
  async listAll() {
    const found: string[] = [];
    const first = (await client.api('/devices').top(15).get()) as PageCollection;
    const pages = new PageIterator(client, first, (device: Device) => found.push(device.id) > 0);
    await pages.iterate();
    return { found: new Set(found).size, pages: first.value.length, isComplete: pages.isComplete() };
  },
  unlink: () => client.api(`/devices/${id}/registeredUsers/${user}/$ref`).delete(),
  delete: () => client.api(`/devices/${id}`).delete(),
  gone: () => client.api(`/devices/${id}`).get(),
  throttled: () => clientOf(THROTTLED).api('/me').get(),
});
