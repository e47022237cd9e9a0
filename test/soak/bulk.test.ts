import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killWhileRegistering } from '../support/killWhileRegistering.ts';
import { registerUnderFaults } from '../support/registerUnderFaults.ts';
import { endLeftOvers } from '../support/startApp.ts';

afterEach(endLeftOvers);

/** Rows of the jobs, and how often the app is killed; `SOAK_ROWS` and `SOAK_KILLS` set other numbers. */
const rows = Number(process.env.SOAK_ROWS ?? 20_000);
const kills = Number(process.env.SOAK_KILLS ?? 10);

test(`a job of ${rows} rows goes on after each of ${kills} kills, and every row is one device and one line of the report`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-bulk-'));
  const { job, wrong, kills: hit } = await killWhileRegistering(folder, rows, kills);
  rmSync(folder, { recursive: true });
  console.log(`${hit} of ${kills} kills while the job was running`);
  expect(wrong).toEqual([]);
  expect(job).toMatchObject({ status: 'succeeded', rowCount: rows, createdCount: rows, rejectedCount: 0 });
}, 600_000);

test('a job before a Graph that fails in every way accounts for every row', async () => {
  const { wrong, counts, summary } = await registerUnderFaults(2000, 0.3, 7);
  console.log(summary);
  expect(wrong).toEqual([]);
  expect(counts).toMatchObject({ created: 2000 });
}, 600_000);
