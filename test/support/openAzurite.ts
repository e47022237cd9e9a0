import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueueServiceClient, type QueueClient } from '@azure/storage-queue';
import { azuriteIn } from '../../host/azurite.ts';

export interface OpenAzurite {
  readonly connectionString: string;
  /** A queue of a name that no other test has. */
  queue(): QueueClient;
  queueNamed(name: string): QueueClient;
  stop(): Promise<void>;
}

/** Storage services for one file of tests, started as the local host starts them. */
export async function openAzurite(): Promise<OpenAzurite> {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-azurite-'));
  const azurite = await azuriteIn(folder, { log: mustNotBeCalled });
  if (!azurite) throw new Error('Azurite is not installed.');
  await azurite.start();
  const service = QueueServiceClient.fromConnectionString(azurite.connectionString);
  let count = 0;
  return {
    connectionString: azurite.connectionString,
    queue: () => service.getQueueClient(`queue${(count += 1)}`),
    queueNamed: (name) => service.getQueueClient(name),
    async stop() {
      await azurite.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

function mustNotBeCalled(line: string): void {
  throw new Error(`Azurite's keeper said: ${line}`);
}
