import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LocalFunction } from '../../host/app.ts';
import { readHostJson } from '../../host/hostJson.ts';
import { functionsHost } from '../../host/server.ts';
import { supplyCoreModule, type Binding, type Metadata } from './coreModule.ts';
import { appHookData, invoke } from './invoke.ts';
import type { Invoked, Order, Ready } from './openWorker.ts';
import { fromRpcHttp, toRpcHttp } from './rpcHttp.ts';

/**
 * Loads the function app of the working directory as the Functions Node worker does, behind the local host's HTTP side.
 * A process of its own: tells its parent when it serves, what CPU time it took so far when it is asked for `cpuUsage`, runs the function
 * that a message names, and ends when its parent says so.
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
const before = process.cpuUsage();
const host = functionsHost(registered.flatMap(toLocalFunction), {
  hostJson: readHostJson('host.json'),
  log: console.error,
});
/** What building the routes took: on Azure that is the work of the host, another process. */
const ofHost = process.cpuUsage(before);
const { origin } = await host.listen(0, '127.0.0.1');
process.on('message', (order: Order) => {
  if (order === 'terminate') void terminate();
  else if (order === 'cpuUsage') process.send?.(ownCpuUsage());
  else void answer(order);
});
process.send?.({
  base: origin,
  nodeVersion: process.version,
  capabilities,
  functions: registered.map(({ name, bindings }) => ({ name, bindings: rawBindings(bindings) })),
  rejected: host.rejected,
} satisfies Ready);

function ownCpuUsage(): NodeJS.CpuUsage {
  const { user, system } = process.cpuUsage();
  return { user: user - ofHost.user, system: system - ofHost.system };
}

/** The bindings as the host reads them: JSON texts. */
function rawBindings(bindings: Metadata['bindings']): Binding[] {
  return Object.entries(bindings).map(
    ([name, binding]) => JSON.parse(JSON.stringify({ ...binding, name })) as typeof binding,
  );
}

/** The HTTP side of a function; other triggers are fired by the parent. */
function toLocalFunction({ name, bindings }: Metadata): LocalFunction[] {
  const trigger = Object.values(bindings).find(({ type }) => type === 'httpTrigger');
  if (!trigger) return [];
  const handler: LocalFunction['handler'] = async (request) =>
    fromRpcHttp(await invoke(app, name, { data: { http: await toRpcHttp(request) } }));
  return [
    {
      name,
      ...(trigger.route !== undefined && { route: trigger.route as string }),
      methods: trigger.methods as string[],
      authLevel: trigger.authLevel as LocalFunction['authLevel'],
      handler,
    },
  ];
}

/** Fires a trigger, and says how that ended. */
async function answer({ id, name, trigger }: Exclude<Order, string>): Promise<void> {
  const invoked: Invoked = await invoke(app, name, trigger).then(
    (returned) => ({ id, returned: returned ?? null }),
    (thrown: unknown) => ({ id, failure: String(thrown) }),
  );
  process.send?.(invoked);
}

async function terminate(): Promise<void> {
  await host.stop({ graceMs: 1000 });
  await app.runHooks('appTerminate', appContext);
  process.exit(0);
}
