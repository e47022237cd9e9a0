import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { BlobServiceClient, type ContainerClient } from '@azure/storage-blob';
import { inboxFolder } from '../../host/inboxFolder.ts';
import { openStores } from '../../shared/bulk/azureStorage/openStores.ts';
import { bulk, type Bulk } from '../../shared/bulk/bulk.ts';
import type { DeviceCreate } from '../../shared/contract/generated/types.ts';
import { jobClient, type ShownJob } from '../support/jobClient.ts';
import { openAzurite, type OpenAzurite } from '../support/openAzurite.ts';
import { openBulk, rowsOf } from '../support/openBulk.ts';
import { openJobsHost, type JobsHost } from '../support/openJobsHost.ts';

let storage: OpenAzurite;
let host: JobsHost;
let inbox: ContainerClient;
let containers: BlobServiceClient;
beforeAll(async () => {
  storage = await openAzurite();
  // No timer of the app looks into the inbox; the tests do.
  host = await openJobsHost(storage.connectionString, { BULK_SCHEDULE: '0 0 0 1 1 *' });
  containers = BlobServiceClient.fromConnectionString(storage.connectionString);
  inbox = containers.getContainerClient('registration-inbox');
  await inbox.createIfNotExists();
});
afterAll(async () => {
  await host.stop();
  await storage.stop();
});

const toText = (rows: readonly DeviceCreate[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const put = (name: string, text: string): Promise<unknown> =>
  inbox.getBlockBlobClient(name).upload(text, Buffer.byteLength(text));

/** An instance of the app of its own, as far as the inbox is concerned. */
async function instance(): Promise<Bulk> {
  const now = (): Date => new Date();
  const stores = await openStores({ connectionString: storage.connectionString }, 'registration-jobs', now);
  return bulk({ ...openBulk().parts, ...stores, now, newId: randomUUID, wait: (ms) => wait(ms) });
}

async function jobsOf(fileName: string): Promise<(ShownJob & { fileName: string })[]> {
  const { text } = await jobClient(host.base).get('/v1.0/registrationJobs?$top=100');
  const { value } = JSON.parse(text) as { value: (ShownJob & { fileName: string })[] };
  return value.filter((job) => job.fileName === fileName);
}

async function filesIn(container: string, ending: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of containers.getContainerClient(container).listBlobsFlat()) names.push(name);
  return names.filter((name) => name.includes(ending)).sort();
}

const textIn = async (container: string, name: string): Promise<string> =>
  (await containers.getContainerClient(container).getBlobClient(name).downloadToBuffer()).toString();

test('a file is registered once, however many instances look into the inbox at the same time', async () => {
  await put('raced.jsonl', toText(rowsOf(700)));
  const instances = await Promise.all(Array.from({ length: 10 }, instance));
  await Promise.all(instances.map((one) => one.pickUp()));
  const [job, ...others] = await jobsOf('raced.jsonl');
  expect(others).toEqual([]);
  expect(await jobClient(host.base).ended(String(job?.id))).toMatchObject({ status: 'succeeded', createdCount: 700 });
  expect(await filesIn('registration-inbox', 'raced')).toEqual([]);
  const [file, report] = await filesIn('registration-archive', 'raced');
  expect(report).toBe(`${String(file)}.report.csv`);
  expect((await textIn('registration-archive', String(report))).trimEnd().split('\r\n')).toHaveLength(701);
});

test('a file that is taken away again after an end of the app is the same job', async () => {
  await put('again.jsonl', toText(rowsOf(3)));
  const [first, second] = [
    await instance(),
    await openStores({ connectionString: storage.connectionString }, 'registration-jobs', () => new Date()),
  ];
  const { take } = second.files;
  const dying = bulk({
    ...openBulk().parts,
    ...second,
    files: {
      ...second.files,
      async take(file) {
        const taken = await take(file);
        return taken && { ...taken, remove: () => Promise.reject(new Error('The app ends.')) };
      },
    },
  });
  await expect(dying.pickUp()).rejects.toThrow('The app ends.');
  await first.pickUp();
  expect(await jobsOf('again.jsonl')).toHaveLength(1);
  expect(await filesIn('registration-inbox', 'again')).toEqual([]);
});

test('a file that cannot be picked up keeps no other one waiting, and is tried again', async () => {
  const names = ['a-broken.jsonl', 'b-sound.jsonl', 'c\nline.jsonl'];
  for (const name of names) await put(name, toText(rowsOf(2)));
  const stores = await openStores(
    { connectionString: storage.connectionString },
    'registration-jobs',
    () => new Date(),
  );
  const log: string[] = [];
  let isBroken = true;
  const one = bulk({
    ...openBulk().parts,
    ...stores,
    log: (line) => log.push(line),
    files: {
      ...stores.files,
      put: (path, content) =>
        isBroken && path.includes('broken') ? Promise.reject(new Error('No.')) : stores.files.put(path, content),
    },
  });
  await expect(one.pickUp()).rejects.toThrow('No.');
  expect(await filesIn('registration-inbox', '.jsonl')).toEqual(['a-broken.jsonl']);
  expect(log.filter((line) => line.includes('\n'))).toEqual([]);
  isBroken = false;
  await one.pickUp();
  expect(await filesIn('registration-inbox', '.jsonl')).toEqual([]);
  for (const name of names) expect(await jobsOf(name)).toHaveLength(1);
});

test('a file that is still being written is left alone', async () => {
  const text = toText(rowsOf(2));
  const blob = inbox.getBlockBlobClient('half.jsonl');
  const block = Buffer.from('1').toString('base64');
  await blob.stageBlock(block, text.slice(0, 100), 100);
  const growing = inbox.getAppendBlobClient('growing.jsonl');
  await growing.create();
  await growing.appendBlock(text.slice(0, 100), 100);
  const one = await instance();
  await one.pickUp();
  expect([await jobsOf('half.jsonl'), await jobsOf('growing.jsonl')]).toEqual([[], []]);
  await blob.upload(text, text.length);
  await one.pickUp();
  expect(await jobsOf('half.jsonl')).toHaveLength(1);
  await growing.delete();
});

test('what cannot be read goes to the rejected files, with the reason beside it', async () => {
  await put('workbook.xlsx', 'anything');
  await put('really-a-workbook.csv', 'PK\u0003\u0004');
  await (await instance()).pickUp();
  const [job] = await jobsOf('really-a-workbook.csv');
  await jobClient(host.base).ended(String(job?.id));
  const names = await filesIn('registration-rejected', 'workbook');
  expect(names.map((name) => name.replace(/^.*\//, '')).sort()).toEqual([
    'really-a-workbook.csv',
    'really-a-workbook.csv.reason.txt',
    'workbook.xlsx',
    'workbook.xlsx.reason.txt',
  ]);
  const reasonOf = async (end: string): Promise<string> =>
    textIn('registration-rejected', String(names.find((name) => name.endsWith(`/${end}.reason.txt`))));
  expect(await reasonOf('really-a-workbook.csv')).toMatch(/ZIP/);
  expect(await reasonOf('workbook.xlsx')).toMatch(/ends in \.csv/);
  expect(await filesIn('registration-archive', 'workbook')).toEqual([]);
});

test('a file is picked up at once when Event Grid says that it has arrived', async () => {
  await put('arrived.jsonl', toText(rowsOf(2)));
  const event = {
    id: randomUUID(),
    eventType: 'Microsoft.Storage.BlobCreated',
    subject: '/blobServices/default/…',
    data: {},
  };
  const arrivals = storage.queueNamed('registration-arrivals');
  await arrivals.createIfNotExists();
  await arrivals.sendMessage(Buffer.from(JSON.stringify(event)).toString('base64'));
  while ((await jobsOf('arrived.jsonl')).length === 0) await wait(50);
  expect(await filesIn('registration-inbox', 'arrived')).toEqual([]);
});

test('on a laptop the files of a folder go into the inbox once they rest', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'registrar-inbox-'));
  const lines: string[] = [];
  const folder = inboxFolder(dataDir, {
    storage: { connectionString: storage.connectionString, ready: () => Promise.resolve() },
    log: (line) => lines.push(line),
    quietMs: 50,
  });
  const path = join(dataDir, 'inbox', 'laptop.jsonl');
  writeFileSync(path, toText(rowsOf(2)));
  writeFileSync(join(dataDir, 'inbox', '.hidden.jsonl'), '');
  while (existsSync(path)) await wait(20);
  await folder?.stop();
  expect(await filesIn('registration-inbox', '.jsonl')).toEqual(['laptop.jsonl']);
  expect(existsSync(join(dataDir, 'inbox', '.hidden.jsonl'))).toBe(true);
  expect(lines).toEqual([]);
  rmSync(dataDir, { recursive: true });
});
