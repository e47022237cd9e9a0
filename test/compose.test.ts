import { compose } from '../shared/compose.ts';
import { readConfig } from '../shared/config/readConfig.ts';

const config = readConfig({ EMULATOR_STORE: 'memory' }, true);

test('who needs the storage of jobs waits for it where the host starts it, and for nothing elsewhere', async () => {
  const storage = Promise.withResolvers<undefined>();
  const outside = { fetch: globalThis.fetch, storageReady: () => storage.promise };
  const local = await compose(config, () => undefined, outside);
  const waiting = local.storageReady();
  storage.reject(new Error('There is none.'));
  await expect(waiting).rejects.toThrow('There is none.');
  await local.close();

  const deployed = await compose(config, () => undefined);
  await expect(deployed.storageReady()).resolves.toBeUndefined();
  await deployed.close();
});
