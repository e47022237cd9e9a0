import { openHost } from '../support/openHost.ts';
import { playScenarios } from '../support/playScenarios.ts';

describe('on SQLite', () => {
  playScenarios(openHost);
});

describe('on the memory store', () => {
  playScenarios((env) => openHost({ ...env, EMULATOR_STORE: 'memory' }));
});
