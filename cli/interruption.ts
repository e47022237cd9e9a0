import { exitCodes } from './exitCodes.ts';

/** Aborted by the first Ctrl-C, so that the command can say how to go on; the second one ends it at once. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  process.on('SIGINT', () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort();
  });
  return controller.signal;
}
