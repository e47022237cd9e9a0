import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killWhileCreating } from '../support/killing.ts';
import { endLeftOvers } from '../support/startApp.ts';

afterEach(endLeftOvers);

test('every answered 201 is there after kill -9', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-kill-'));
  const { answered, missing } = await killWhileCreating(folder, 3);
  rmSync(folder, { recursive: true });
  expect(missing).toEqual([]);
  expect(answered).toBeGreaterThan(20);
});
