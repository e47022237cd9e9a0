import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LocalFunction } from '../../host/app.ts';
import { readHostJson } from '../../host/hostJson.ts';
import { functionsHost } from '../../host/server.ts';
import { supplyCoreModule, type Binding, type Metadata } from './coreModule.ts';
import { appHookData, invoke } from './invoke.ts';
import type { Ready } from './openWorker.ts';
import { fromRpcHttp, toRpcHttp } from './rpcHttp.ts';

/**
 * Loads the function app of the working directory as the Functions Node worker does, behind the local host's HTTP side.
 * A process of its own: tells its parent when it serves, what CPU time it took so far when it is asked for `cpuUsage`, and ends
 * at any other message.
 */
const app = supplyCoreModule();

process.on('uncaughtException', (error: unknown) => {
  console.error('Worker uncaught exception:', error);
  process.exit(1);
});
process.on('disconnect', () => process.exit(1));

const { main } = JSON.parse(readFileSync('package.json', 'utf8')) as { main: string };
const files = globSync(main);
if (files.length === 0) throw new Error(`The app has no file that matches its "main", ${main}.`);
for (const file of files) await import(pathToFileURL(resolve(file)).href);
const appContext = { hookData: {}, appHookData };
await app.runHooks('appStart', { ...appContext, functionAppDirectory: process.cwd() });
if (!app.model || app.functions.size === 0) throw new Error('The app registered no function.');

// Source: azure-functions-nodejs-worker src/eventHandlers/getWorkerCapabilities.ts
const capabilities = await app.model.getCapabilities({
  RawHttpBodyBytes: 'true',
  RpcHttpTriggerMetadataRemoved: 'true',
  RpcHttpBodyOnly: 'true',
  IgnoreEmptyValuedRpcHttpHeaders: 'true',
  UseNullableValueDictionaryForHttp: 'true',
  WorkerStatus: 'true',
  TypedDataCollection: 'true',
  HandlesWorkerTerminateMessage: 'true',
});
app.lock();

const registered = [...app.functions.values()].map(({ metadata }) => metadata);
const host = functionsHost(registered.map(toLocalFunction), {
  hostJson: readHostJson('host.json'),
  log: console.error,
});
const { origin } = await host.listen(0, '127.0.0.1');
process.on('message', (message) => (message === 'cpuUsage' ? process.send?.(process.cpuUsage()) : void terminate()));
process.send?.({
  base: origin,
  nodeVersion: process.version,
  capabilities,
  functions: registered.map(({ name, bindings }) => ({ name, bindings: rawBindings(bindings) })),
  rejected: host.rejected,
} satisfies Ready);

/** The bindings as the host reads them: JSON texts. */
function rawBindings(bindings: Metadata['bindings']): Binding[] {
  return Object.entries(bindings).map(
    ([name, binding]) => JSON.parse(JSON.stringify({ ...binding, name })) as typeof binding,
  );
}

/** @throws Error when the function has no HTTP trigger, which is the only one served here */
function toLocalFunction({ name, bindings }: Metadata): LocalFunction {
  const trigger = Object.values(bindings).find(({ type }) => type === 'httpTrigger');
  if (!trigger) throw new Error(`Function "${name}" has no HTTP trigger.`);
  return {
    name,
    ...(trigger.route !== undefined && { route: trigger.route as string }),
    methods: trigger.methods as string[],
    authLevel: trigger.authLevel as LocalFunction['authLevel'],
    handler: async (request) => fromRpcHttp(await invoke(app, name, await toRpcHttp(request))),
  };
}

async function terminate(): Promise<void> {
  await host.stop({ graceMs: 1000 });
  await app.runHooks('appTerminate', appContext);
  process.exit(0);
}
