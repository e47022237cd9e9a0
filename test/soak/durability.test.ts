import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killWhileWriting } from '../support/killing.ts';
import { endLeftOvers } from '../support/startApp.ts';

afterEach(endLeftOvers);

/** How often the app is killed; `SOAK_KILLS` sets another number. */
const kills = Number(process.env.SOAK_KILLS ?? 20);

test(`every answered create, change and deletion holds after each of ${kills} kills`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-kill-'));
  const { answered, wrong } = await killWhileWriting(folder, kills);
  rmSync(folder, { recursive: true });
  console.log(`${kills} kills, ${answered} devices answered, ${wrong.length} not as promised`);
  expect(wrong).toEqual([]);
  expect(answered).toBeGreaterThan(10 * kills);
}, 600_000);
