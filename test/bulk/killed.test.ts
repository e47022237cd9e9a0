import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killWhileRegistering } from '../support/killWhileRegistering.ts';
import { endLeftOvers } from '../support/startApp.ts';

afterEach(endLeftOvers);

test('a job goes on after kill -9, and every row is one device and one line of the report', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-bulk-'));
  const { job, wrong, kills } = await killWhileRegistering(folder, 4000, 2);
  rmSync(folder, { recursive: true });
  expect(wrong).toEqual([]);
  expect(job).toMatchObject({ status: 'succeeded', rowCount: 4000, createdCount: 4000, rejectedCount: 0 });
  expect(kills).toBeGreaterThan(0);
});
