import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { InvalidRun } from './invalidRun.ts';
import type { LoadOptions, LoadReport } from './load.ts';
import { onCore } from './cores.ts';

/** A client that lives through the whole run, so that it is as warm in the first slice as in the last. */
export interface ClientProcess {
  /** @throws InvalidRun when anything but 201 to a create, or 200 to a read, was answered */
  load(options: LoadOptions): Promise<LoadReport>;
  stop(): void;
}

type Message = { report: LoadReport } | { failure: string };

export function startClient(core: number | undefined): ClientProcess {
  const [command, ...args] = onCore(core, [process.execPath, fileURLToPath(new URL('client.ts', import.meta.url))]);
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' });
  const ended = once(child, 'exit').then((): Message => ({ failure: 'the client ended early' }));
  return {
    async load(options) {
      child.send(options);
      const answered = once(child, 'message').then(([message]) => message as Message);
      const message = await Promise.race([answered, ended]);
      if ('failure' in message) throw new InvalidRun(message.failure);
      const { report } = message;
      if (report.refused > 0) {
        throw new InvalidRun(
          `${report.refused} requests were not answered with ${options.ids ? 200 : 201}, the first with:\n${report.refusal}`,
        );
      }
      return report;
    },
    stop: () => {
      child.disconnect();
    },
  };
}
