import type { InvocationContext } from '@azure/functions';

/** What a job learns about the run that it is in. */
export interface Run {
  /** Stands in the platform's own telemetry as well. */
  readonly invocationId: string;
  /** W3C trace context of the run, where the platform gives one. */
  readonly traceParent: string | undefined;
  /** Writes one line of log, under the function's name. */
  log(line: string): void;
}

export const toRun = (context: InvocationContext): Run => ({
  invocationId: context.invocationId,
  traceParent: context.traceContext?.traceParent,
  log: (line) => {
    context.log(line);
  },
});
