import type { AnsweredRequest, Telemetry } from './port.ts';

export interface DeferredOptions {
  load: () => Promise<Telemetry>;
  /** Takes a line about what could not be told. */
  warn: (line: string) => void;
  /** Milliseconds from the first request to the loading: the first callers are answered meanwhile. */
  delayMs?: number;
  /** Requests that may wait. */
  limit?: number;
}

/** Telemetry that is heavy to load: it is loaded after the first answers, and then told what it missed. */
export function deferred({ load, warn, delayMs = 1000, limit = 10_000 }: DeferredOptions): Telemetry {
  const waiting: AnsweredRequest[] = [];
  let missed = 0;
  let timer: NodeJS.Timeout | undefined;
  let loading: Promise<void> | undefined;
  let loaded: Telemetry | undefined;
  let hasFailed = false;

  const begin = (): Promise<void> =>
    (loading ??= load().then(
      (telemetry) => {
        for (const request of waiting.splice(0)) telemetry.answered(request);
        if (missed > 0)
          warn(`Telemetry: ${missed} requests are missing; more than ${limit} came before it was loaded.`);
        loaded = telemetry;
      },
      (error: unknown) => {
        hasFailed = true;
        warn(`Telemetry could not be loaded, and nothing is recorded from now on: ${String(error)}`);
        waiting.length = 0;
      },
    ));

  return {
    answered(request) {
      if (loaded) loaded.answered(request);
      else if (waiting.length === limit) missed += 1;
      else if (!hasFailed) waiting.push(request);
      timer ??= setTimeout(() => void begin(), delayMs).unref();
    },
    async close() {
      clearTimeout(timer);
      if (waiting.length > 0 || loading) await begin();
      await loaded?.close();
    },
  };
}
