import { jobQueueName } from '../../shared/bulk/queueName.ts';
import type { QueueAddress } from '../bindings/queue.ts';

/** Where the messages of jobs are. */
export const jobQueue: QueueAddress = { queueName: jobQueueName, connection: 'AzureWebJobsStorage' };
