import { playScenarios } from '../support/playScenarios.ts';
import { openWorker } from './openWorker.ts';

describe(`loaded by Node ${process.version}`, () => {
  playScenarios(openWorker);
});
