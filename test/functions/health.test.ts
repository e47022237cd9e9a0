import { functions } from '../../functions/index.ts';
import { localApp } from '../../host/app.ts';
import { readHostJson } from '../../host/hostJson.ts';
import { functionsHost, type FunctionsHost } from '../../host/server.ts';
import { compose } from '../../shared/compose.ts';
import { readConfig } from '../../shared/config/readConfig.ts';

let host: FunctionsHost;
afterEach(() => host.stop());

/** The health of an app whose directory answers, or does not. */
async function healthOf(isReady: boolean): Promise<Response> {
  const services = await compose(readConfig({ EMULATOR_STORE: 'memory' }, true), () => undefined);
  const app = localApp();
  for (const register of functions) register(app, { ...services, isReady: () => Promise.resolve(isReady) });
  host = functionsHost(app.functions, { hostJson: readHostJson('host.json'), log: () => undefined });
  const { origin } = await host.listen(0, '127.0.0.1');
  return fetch(`${origin}/health`);
}

test('an app that serves is live and ready', async () => {
  const answer = await healthOf(true);
  expect([answer.status, await answer.json()]).toEqual([200, { live: true, ready: true }]);
});

test('an app whose directory does not answer is live and not ready', async () => {
  const answer = await healthOf(false);
  expect([answer.status, await answer.json()]).toEqual([503, { live: true, ready: false }]);
});
