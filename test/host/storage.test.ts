import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jobStorage } from '../../host/storage.ts';
import { StartError } from '../../host/startError.ts';
import { readConfig } from '../../shared/config/readConfig.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'registrar-storage-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const open = (env: Record<string, string>) =>
  jobStorage(readConfig({ DATA_DIR: folder, ...env }, true), { DATA_DIR: folder, ...env }, (line) => {
    throw new Error(`The storage said: ${line}`);
  });

test('an account that the settings name is used, and nothing is started', async () => {
  const storage = await open({ AzureWebJobsStorage: 'UseDevelopmentStorage=true' });
  expect(storage).toMatchObject({
    connectionString: 'UseDevelopmentStorage=true',
    description: 'the account of AzureWebJobsStorage',
  });
  storage.start();
  await storage.ready();
  await storage.stop();
  expect(existsSync(join(folder, 'azurite'))).toBe(false);
});

test('LOCAL_STORAGE=none: there is no storage, which who waits for it learns in one line', async () => {
  const storage = await open({ LOCAL_STORAGE: 'none' });
  expect(storage).toMatchObject({ connectionString: undefined, description: 'none: LOCAL_STORAGE is none' });
  storage.start();
  await expect(storage.ready()).rejects.toThrow(new StartError('There is no storage for jobs: LOCAL_STORAGE is none.'));
});

test.each(['AzureWebJobsStorage__accountName', 'AzureWebJobsStorage__queueServiceUri'])(
  'an account that is named by an identity, in %s, keeps the host from starting',
  async (name) => {
    await expect(open({ [name]: 'https://contoso.queue.core.windows.net' })).rejects.toThrow(
      `${name} names a storage account by an identity, which works on Azure only`,
    );
  },
);

test('a folder that cannot be used is one line, and the app goes on without jobs', async () => {
  writeFileSync(join(folder, 'azurite'), 'where a folder should be');
  const lines: string[] = [];
  const config = readConfig({ DATA_DIR: folder }, true);
  const storage = await jobStorage(config, {}, (line) => lines.push(line));
  expect(lines).toEqual([expect.stringMatching(/^There is no storage for jobs: EEXIST.*\. Everything else works\.$/)]);
  await expect(storage.ready()).rejects.toThrow('There is no storage for jobs: EEXIST');
});

test('otherwise there is an Azurite in the data folder, whose address is known before it is started', async () => {
  const storage = await open({});
  expect(storage.description).toBe(`Azurite in ${folder}/azurite`);
  expect(storage.connectionString).toMatch(/QueueEndpoint=http:\/\/127\.0\.0\.1:\d+\/registrar/);
  storage.start();
  await storage.ready();
  await storage.stop();
});
