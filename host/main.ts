// First, since an older Node stumbles over what comes next.
import '../tools/requireNode.cjs';
import { parseArgs } from 'node:util';
import { functions } from '../functions/index.ts';
import { compose } from '../shared/compose.ts';
import { ConfigError, readConfig } from '../shared/config/readConfig.ts';
import { lines } from '../shared/telemetry/lines.ts';
import { localApp } from './app.ts';
import { inboxFolder } from './inboxFolder.ts';
import { localCertificate } from './localCertificate.ts';
import { readHostJson } from './hostJson.ts';
import { readLocalSettings } from './localSettings.ts';
import { functionsHost } from './server.ts';
import { jobStorage } from './storage.ts';
import { startTriggers } from './triggers/start.ts';
import { welcome } from './welcome.ts';

const usage = `Usage: npm start -- [--https]

Serves the function app on this machine. Settings come from the environment and local.settings.json: docs/settings.md.

  --https  serve with a certificate for localhost, made at the first start and kept in DATA_DIR
  --help   show this`;

/** Longest wait for requests and jobs in flight after a signal to stop, in milliseconds. */
const graceMs = 10_000;

const write = (line: string): void => {
  console.log(line);
};

try {
  await start();
} catch (error) {
  const reasons =
    error instanceof ConfigError ? error.reasons : [error instanceof Error ? error.message : String(error)];
  for (const reason of reasons) console.error(reason);
  process.exitCode = 1;
}

/** `npm start`: the function app on the local host, until a signal ends it. */
async function start(): Promise<void> {
  const { values: options } = parseArgs({ options: { https: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (options.help) {
    write(usage);
    return;
  }
  const hostJson = readHostJson('host.json');
  const local = readLocalSettings('local.settings.json');
  const env = {
    ...(local.host.LocalHttpPort !== undefined && { PORT: String(local.host.LocalHttpPort) }),
    ...(local.host.LocalHttpAddress !== undefined && { HOST: local.host.LocalHttpAddress }),
    ...local.values,
    ...process.env,
  };
  const config = readConfig(env, true);
  const certificate = options.https ? await localCertificate(config.DATA_DIR, new Date()) : undefined;
  const storage = await jobStorage(config, env, write);
  const services = await compose({ ...config, AzureWebJobsStorage: storage.connectionString }, write, {
    fetch: globalThis.fetch,
    requestLog: lines((text) => process.stdout.write(text)),
    storageReady: storage.ready,
  });
  const app = localApp();
  for (const register of functions) register(app, services);
  const host = functionsHost(app.functions, {
    hostJson,
    ...(certificate && { tls: certificate }),
    ...(local.host.CORS !== undefined && {
      cors: {
        origins: local.host.CORS.split(',').map((origin) => origin.trim()),
        credentials: local.host.CORSCredentials ?? false,
      },
    }),
    log: write,
  });
  const address = await host.listen(config.PORT, config.HOST).catch(async (error: unknown) => {
    await services.close();
    throw error;
  });
  const triggers = startTriggers(app, {
    hostJson,
    settings: { ...env, AzureWebJobsStorage: storage.connectionString },
    storage,
    log: write,
  });

  const inbox = inboxFolder(config.DATA_DIR, { storage, log: write });

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    write('Stopping: requests and jobs in flight are finished first.');
    let finished = true;
    try {
      services.endWaiting();
      [finished] = await Promise.all([triggers.stop(graceMs), host.stop({ graceMs }), inbox?.stop()]);
      await services.close();
      await storage.stop();
    } catch (error) {
      console.error(`The stop was not a clean one: ${String(error)}`);
      process.exitCode = 1;
    }
    clearInterval(orphanWatch);
    // A job that goes on would keep the process; what it has not finished comes again.
    if (!finished) process.exit();
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
  // npm starts us through a shell and, when it is told to stop, ends the shell only.
  const parent = process.ppid;
  const orphanWatch = setInterval(() => {
    if (process.env.npm_lifecycle_event === 'start' && process.ppid !== parent) void stop();
  }, 500);
  write(welcome(config, address, { storage: storage.description, certificatePath: certificate?.path }));
  storage.start();
}
