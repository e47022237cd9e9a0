import { functions } from '../../functions/index.ts';
import { localApp } from '../../host/app.ts';
import { readHostJson } from '../../host/hostJson.ts';
import { functionsHost } from '../../host/server.ts';
import { compose, type Outside } from '../../shared/compose.ts';
import { readConfig } from '../../shared/config/readConfig.ts';
import type { Target } from './target.ts';

/**
 * The app on the local host, in this process; memory store unless the settings say otherwise.
 * @param log takes what the app says; by default it must say nothing
 * @param outside stands for the rest of the world
 */
export async function openHost(
  env: Record<string, string> = {},
  log = mustNotBeCalled,
  outside?: Outside,
): Promise<Target> {
  const services = await compose(readConfig({ EMULATOR_STORE: 'memory', ...env }, true), log, outside);
  const app = localApp();
  for (const register of functions) register(app, services);
  const host = functionsHost(app.functions, { hostJson: readHostJson('host.json'), log });
  const address = await host.listen(0, '127.0.0.1');
  return {
    base: address.origin,
    async stop() {
      services.endWaiting();
      await host.stop({ graceMs: 1000 });
      await services.close();
    },
  };
}

function mustNotBeCalled(line: string): void {
  throw new Error(`The app logged: ${line}`);
}
