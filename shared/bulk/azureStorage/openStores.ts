import { TableClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';
import { QueueServiceClient } from '@azure/storage-queue';
import type { Stores } from '../stores.ts';
import { blobFiles } from './blobFiles.ts';
import { messageQueue } from './messageQueue.ts';
import { tableJobs } from './tableJobs.ts';

/** Where the storage account is: a connection string, or addresses and an identity. */
export type Account =
  | { connectionString: string }
  | { blobServiceUri: string; queueServiceUri: string; tableServiceUri: string; clientId: string | undefined };

/** Names in the account; infra/modules/storage.bicep makes the same. */
const tableName = 'registrationJobs';

/** Opens the storage of jobs; what is missing in the account is made at first use. */
export async function openStores(account: Account, queueName: string, now: () => Date): Promise<Stores> {
  const { blobs, queues, table } = await clientsOf(account);
  return { files: blobFiles(blobs, now), ...tableJobs(table), queue: messageQueue(queues.getQueueClient(queueName)) };
}

async function clientsOf(
  account: Account,
): Promise<{ blobs: BlobServiceClient; queues: QueueServiceClient; table: TableClient }> {
  if ('connectionString' in account) {
    const { connectionString } = account;
    return {
      blobs: BlobServiceClient.fromConnectionString(connectionString),
      queues: QueueServiceClient.fromConnectionString(connectionString),
      table: TableClient.fromConnectionString(connectionString, tableName, { allowInsecureConnection: true }),
    };
  }
  const { managedIdentity } = await import('./identity.ts');
  const credential = managedIdentity(account.clientId);
  return {
    blobs: new BlobServiceClient(account.blobServiceUri, credential),
    queues: new QueueServiceClient(account.queueServiceUri, credential),
    table: new TableClient(account.tableServiceUri, tableName, credential),
  };
}
