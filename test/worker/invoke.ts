import { randomBytes, randomUUID } from 'node:crypto';
import { log, type App, type RpcData, type RpcHttp } from './coreModule.ts';

/** Shared by all hooks of an app. */
export const appHookData = {};

/** What fires a function, in the shapes of the messages between host and worker. */
export interface RpcTrigger {
  data: RpcData;
  /** What the host tells beside it; nothing for HTTP and timers. */
  triggerMetadata?: Record<string, RpcData>;
}

/**
 * Runs a function through the library's own model, its hooks included.
 * @throws whatever the handler, a hook or a conversion throws; to HTTP the host then answers an empty 500
 * Source: azure-functions-nodejs-worker src/eventHandlers/InvocationHandler.ts
 */
export async function invoke(
  app: App,
  name: string,
  { data, triggerMetadata = {} }: RpcTrigger,
): Promise<RpcData | null | undefined> {
  const fn = app.functions.get(name);
  if (!fn || !app.model) throw new Error(`Function code for '${name}' is not loaded and cannot be invoked.`);
  const trigger = Object.entries(fn.metadata.bindings).find(([, { direction }]) => direction === 'in');
  const invocationId = randomUUID();
  const call = {
    invocationId,
    metadata: fn.metadata,
    state: undefined as string | undefined,
    log,
    request: {
      invocationId,
      functionId: name,
      inputData: [{ name: trigger?.[0], data }],
      triggerMetadata,
      traceContext: { traceParent: traceOf(data.http ?? undefined), traceState: '', attributes: {} },
      retryContext: null,
    },
  };
  const model = app.model.getInvocationModel(call);
  const { context, inputs } = await model.getArguments();
  const shared = { hookData: {}, appHookData, invocationContext: context };
  const during = async <T>(state: string, step: () => Promise<T>): Promise<T> => {
    call.state = state;
    return step().finally(() => (call.state = undefined));
  };

  const before = { ...shared, inputs, functionCallback: fn.callback };
  await during('preInvocationHooks', () => app.runHooks('preInvocation', before));
  const after = { ...shared, inputs: before.inputs, result: null as unknown, error: null as unknown };
  try {
    after.result = await during('invocation', () =>
      model.invokeFunction(context, before.inputs, before.functionCallback),
    );
  } catch (error) {
    after.error = error;
  }
  await during('postInvocationHooks', () => app.runHooks('postInvocation', after));
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- a handler may throw anything
  if (after.error !== null && after.error !== undefined) throw after.error;
  return (await model.getResponse(context, after.result)).returnValue;
}

/**
 * As the host with telemetry does: goes on with the caller's trace, in a span of its own for the request.
 * (It makes up a trace where the caller has none; here that is the host without telemetry.)
 */
function traceOf(http: RpcHttp | undefined): string {
  const [version, traceId] = http?.nullableHeaders?.traceparent?.value?.split('-') ?? [];
  return version === '00' && traceId ? `00-${traceId}-${randomBytes(8).toString('hex')}-01` : '';
}
