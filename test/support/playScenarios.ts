import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { play, readScenario, type Captured, type Scenario } from './scenario.ts';
import type { OpenTarget, Target } from './target.ts';

const folder = 'test/scenarios';

/** All pages, by the names of their files. */
export const scenarioPages = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md');

export const scenarioOf = (page: string): Scenario => readScenario(join(folder, page));

/** Files are named as from the root of the project, wherever the app runs. */
const withFiles = ({ EMULATOR_USERS: users, ...env }: Scenario['env']): Scenario['env'] => ({
  ...env,
  ...(users !== undefined && { EMULATOR_USERS: resolve(users) }),
});

/**
 * Declares a test for every step of every scenario, each page on an app of its own.
 * @param isGateway leaves out, by name and with the reason, what only the emulator can play
 */
export function playScenarios(open: OpenTarget, { isGateway = false } = {}): void {
  describe.each(scenarioPages)('%s', (page) => {
    const scenario = scenarioOf(page);
    const captured: Captured = new Map();
    const data = mkdtempSync(join(tmpdir(), 'registrar-scenario-'));
    let target: Target | undefined;

    beforeAll(async () => {
      target = await open({ EMULATOR_STORE: 'sqlite', DATA_DIR: data, ...withFiles(scenario.env) });
    });
    afterAll(async () => {
      await target?.stop();
      rmSync(data, { recursive: true });
    });

    for (const step of scenario.steps) {
      const title = `${scenario.title}: ${step.title} (line ${step.line})`;
      if (isGateway && step.emulatorOnly !== undefined) {
        test.skip(`${title}; only the emulator: ${step.emulatorOnly}`, () => undefined);
        continue;
      }
      test(title, async () => {
        expect(await play(step, String(target?.base), captured)).toEqual([]);
      });
    }
  });
}
