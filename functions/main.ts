import { app } from '@azure/functions';
import { compose } from '../shared/compose.ts';
import { readConfig } from '../shared/config/readConfig.ts';
import { functions } from './index.ts';
import { registerRefused } from './refused.ts';

const write = (line: string): void => {
  console.log(line);
};

/** Azure starts here. */
try {
  const services = await compose(readConfig(process.env), write);
  app.hook.appTerminate(() => {
    services.endWaiting();
    return services.close();
  });
  for (const register of functions) register(app, services);
} catch (error) {
  console.error(
    `Device Registrar answers 503 to every request: ${error instanceof Error ? error.message : String(error)}`,
  );
  registerRefused(app);
}
