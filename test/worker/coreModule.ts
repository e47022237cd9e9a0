import { Module } from 'node:module';

/**
 * The shapes in which the worker and the library talk, as far as functions for HTTP, timers and queues need them.
 * Source: azure-functions-nodejs-worker types-core/index.d.ts; the package is not on npm
 */
export interface RpcHttp {
  method?: string;
  url?: string;
  nullableHeaders?: Record<string, RpcNullable<string>>;
  nullableQuery?: Record<string, RpcNullable<string>>;
  nullableParams?: Record<string, RpcNullable<string>>;
  statusCode?: string;
  headers?: Record<string, string>;
  cookies?: RpcCookie[];
  body?: RpcData | null;
}
export interface RpcData {
  string?: string;
  json?: string;
  int?: number;
  bytes?: Uint8Array<ArrayBuffer>;
  http?: RpcHttp;
}
export interface RpcNullable<T> {
  value?: T;
}
export interface RpcCookie {
  name: string;
  value: string;
  domain?: RpcNullable<string>;
  path?: RpcNullable<string>;
  expires?: RpcNullable<{ seconds: number }>;
  secure?: RpcNullable<boolean>;
  httpOnly?: RpcNullable<boolean>;
  sameSite: 'none' | 'lax' | 'strict' | 'explicitNone';
  maxAge?: RpcNullable<number>;
}

export type Binding = { type: string; direction: string; name?: string } & Record<string, unknown>;
export interface Metadata {
  name: string;
  bindings: Record<string, Binding>;
}
type Callback = (...inputs: unknown[]) => unknown;
export type Hook = 'appStart' | 'appTerminate' | 'preInvocation' | 'postInvocation';

/** One call, as the worker asks the library's model for it. */
export interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], handler: Callback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<{ returnValue?: RpcData | null }>;
}
export interface ProgrammingModel {
  getInvocationModel(call: object): InvocationModel;
  getCapabilities(capabilities: Record<string, string>): Promise<Record<string, string>>;
}

/** What an app has told the worker about itself. */
export interface App {
  model?: ProgrammingModel;
  readonly functions: Map<string, { metadata: Metadata; callback: Callback }>;
  runHooks(hook: Hook, context: object): Promise<void>;
  /** After this, nothing can be registered. */
  lock(): void;
}

/**
 * Answers `require('@azure/functions-core')` from now on, in the way of the worker: no loader knows such a package.
 * Source: azure-functions-nodejs-worker src/setupCoreModule.ts and src/coreApi/registerFunction.ts
 */
export function supplyCoreModule(): App {
  const functions: App['functions'] = new Map();
  const hooks = new Map<Hook, Callback[]>();
  let isLocked = false;

  const app: App = {
    functions,
    async runHooks(hook, context) {
      for (const callback of hooks.get(hook) ?? []) await callback(context);
    },
    lock() {
      isLocked = true;
    },
  };
  const core = {
    // Any versions that know every hook.
    version: '3.13.0',
    hostVersion: '4.1052.0',
    Disposable,
    log,
    getProgrammingModel: () => app.model,
    setProgrammingModel(model: ProgrammingModel) {
      app.model = model;
    },
    registerHook(hook: Hook, callback: Callback) {
      hooks.set(hook, [...(hooks.get(hook) ?? []), callback]);
      return new Disposable(() => hooks.set(hook, hooks.get(hook)?.filter((known) => known !== callback) ?? []));
    },
    registerFunction(metadata: Metadata, callback: Callback) {
      const { name } = metadata;
      if (isLocked) throw new Error('A function can only be registered during app startup.');
      if (functions.has(name)) throw new Error(`A function with id "${name}" has already been registered.`);
      functions.set(name, { metadata, callback });
      return new Disposable(() => functions.delete(name));
    },
  };

  Module.prototype.require = new Proxy(Module.prototype.require, {
    apply: (original, self, [id]: [string]) =>
      id === '@azure/functions-core' ? core : (Reflect.apply(original, self, [id]) as unknown),
  });
  return app;
}

/** What an app logs through the library, and what the library says itself. */
export function log(level: string, category: string, message: string): void {
  console.log(`[${category} ${level}] ${message}`);
}

class Disposable {
  readonly dispose: () => unknown;
  constructor(dispose: () => unknown) {
    this.dispose = dispose;
  }
}
