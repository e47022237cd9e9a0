import { BlobServiceClient } from '@azure/storage-blob';
import { QueueServiceClient } from '@azure/storage-queue';

/** Few and quick: whoever calls tries again. */
const clientOptions = { retryOptions: { maxTries: 3, retryDelayInMs: 200, maxRetryDelayInMs: 1000 } };

/** The blobs of an account. This file is loaded when they are needed, not at the start. */
export const blobsOf = (connectionString: string): BlobServiceClient =>
  BlobServiceClient.fromConnectionString(connectionString, clientOptions);

/** The queues of an account. */
export const queuesOf = (connectionString: string): QueueServiceClient =>
  QueueServiceClient.fromConnectionString(connectionString, clientOptions);
