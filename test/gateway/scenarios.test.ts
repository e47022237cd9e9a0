import { openGateway } from '../support/openGateway.ts';
import { playScenarios, scenarioOf, scenarioPages } from '../support/playScenarios.ts';

describe('through a gateway', () => {
  playScenarios(openGateway, { isGateway: true });
});

test('what only the emulator can play is named with its reason, and is little', () => {
  const marked = scenarioPages.flatMap((page) =>
    scenarioOf(page).steps.flatMap(({ emulatorOnly, line }) =>
      emulatorOnly === undefined ? [] : [`${page}:${line} ${emulatorOnly}`],
    ),
  );
  console.log(`Only the emulator plays:\n${marked.join('\n')}`);
  expect(marked).toHaveLength(12);
});
