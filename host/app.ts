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

/** The part of the library's `app` that registers HTTP functions, and what was registered. */
export interface LocalApp extends Pick<typeof app, 'http'> {
  readonly functions: readonly LocalFunction[];
}

/**
 * A second `app`: collects functions for the local host instead of handing them to a Functions worker.
 * Source: `@azure/functions` src/app.ts and src/trigger.ts for the defaults.
 */
export function localApp(): LocalApp {
  const functions: LocalFunction[] = [];
  return {
    functions,
    /** @throws Error when the name is taken */
    http(name, { route, methods = ['GET', 'POST'], authLevel = 'anonymous', handler }) {
      if (functions.some((known) => known.name === name)) throw new Error(`A function named "${name}" already exists.`);
      functions.push({
        name,
        ...(route === undefined ? {} : { route }),
        methods: methods.map((method) => method.toUpperCase()),
        authLevel,
        // Handlers are typed against the library's classes; the host hands them the subset in httpRequest.ts.
        handler: handler as unknown as LocalHandler,
      });
    },
  };
}
