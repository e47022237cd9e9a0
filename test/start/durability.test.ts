import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killWhileWriting } from '../support/killing.ts';
import { endLeftOvers } from '../support/startApp.ts';

afterEach(endLeftOvers);

test('every answered create, change and deletion holds after kill -9', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-kill-'));
  const { answered, wrong } = await killWhileWriting(folder, 3);
  rmSync(folder, { recursive: true });
  expect(wrong).toEqual([]);
  expect(answered).toBeGreaterThan(20);
});
