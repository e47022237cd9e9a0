import { openHost } from '../support/openHost.ts';
import { playScenarios } from '../support/playScenarios.ts';

playScenarios(openHost);
