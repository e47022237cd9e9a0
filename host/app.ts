import type { app } from '@azure/functions';
import type { LocalRequest } from './httpRequest.ts';
import type { LocalContext } from './invocationContext.ts';

/** One registered HTTP function, with the library's defaults filled in. */
export interface LocalFunction {
  readonly name: string;
  /** Template without the prefix; absent when the function's name is its route. */
  readonly route?: string;
  /** Upper case. */
  readonly methods: readonly string[];
  /** Recorded only: like the Core Tools, the local host checks no keys. */
  readonly authLevel: 'anonymous' | 'function' | 'admin';
  readonly handler: LocalHandler;
}

/** A handler as the host sees it: what comes back is looked at in `toAnswer`. */
export type LocalHandler = (request: LocalRequest, context: LocalContext) => unknown;

/** A handler of a timer or a queue: the host waits for it, and looks at nothing but whether it fails. */
export type TriggerHandler = (input: unknown, context: LocalContext) => unknown;

export interface TimerFunction {
  readonly name: string;
  /** As registered: `%SETTING%` is not yet resolved. */
  readonly schedule: string;
  readonly runOnStartup: boolean;
  /** Whether it is remembered when it ran; only schedules with a minute or more between runs are. */
  readonly useMonitor: boolean;
  readonly handler: TriggerHandler;
}

export interface QueueFunction {
  readonly name: string;
  /** As registered: `%SETTING%` is not yet resolved. */
  readonly queueName: string;
  /** Name of the setting that holds the connection string. */
  readonly connection: string;
  readonly handler: TriggerHandler;
}

/** The part of the library's `app` that registers functions, and what was registered. */
export interface LocalApp extends Pick<typeof app, 'http' | 'timer' | 'storageQueue'> {
  readonly functions: readonly LocalFunction[];
  readonly timers: readonly TimerFunction[];
  readonly queues: readonly QueueFunction[];
}

/**
 * A second `app`: collects functions for the local host instead of handing them to a Functions worker.
 * Source: `@azure/functions` src/app.ts and src/trigger.ts for the defaults.
 */
export function localApp(): LocalApp {
  const names = new Set<string>();
  const functions: LocalFunction[] = [];
  const timers: TimerFunction[] = [];
  const queues: QueueFunction[] = [];
  /** @throws Error when the name is taken */
  const take = (name: string): void => {
    if (names.has(name)) throw new Error(`A function named "${name}" already exists.`);
    names.add(name);
  };
  return {
    functions,
    timers,
    queues,
    http(name, { route, methods = ['GET', 'POST'], authLevel = 'anonymous', handler }) {
      take(name);
      functions.push({
        name,
        ...(route === undefined ? {} : { route }),
        methods: methods.map((method) => method.toUpperCase()),
        authLevel,
        // Handlers are typed against the library's classes; the host hands them the subset in httpRequest.ts.
        handler: handler as unknown as LocalHandler,
      });
    },
    timer(name, { schedule, runOnStartup = false, useMonitor = true, handler }) {
      take(name);
      timers.push({ name, schedule, runOnStartup, useMonitor, handler: handler as unknown as TriggerHandler });
    },
    storageQueue(name, { queueName, connection, handler }) {
      take(name);
      queues.push({ name, queueName, connection, handler: handler as unknown as TriggerHandler });
    },
  };
}
