import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { play, readScenario, type Captured } from './scenario.ts';
import type { OpenTarget, Target } from './target.ts';

const folder = 'test/scenarios';

/** Declares a test for every step of every scenario, each page on an app of its own. */
export function playScenarios(open: OpenTarget): void {
  const pages = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md');
  describe.each(pages)('%s', (page) => {
    const scenario = readScenario(join(folder, page));
    const captured: Captured = new Map();
    const data = mkdtempSync(join(tmpdir(), 'registrar-scenario-'));
    let target: Target | undefined;

    beforeAll(async () => {
      target = await open({ EMULATOR_STORE: 'sqlite', DATA_DIR: data, ...scenario.env });
    });
    afterAll(async () => {
      await target?.stop();
      rmSync(data, { recursive: true });
    });

    test.each(scenario.steps.map((step) => [`${scenario.title}: ${step.title} (line ${step.line})`, step] as const))(
      '%s',
      async (_title, step) => {
        expect(await play(step, String(target?.base), captured)).toEqual([]);
      },
    );
  });
}
