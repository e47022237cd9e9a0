/** Name of the queue of the messages of jobs; infra/modules/storage.bicep makes it. */
export const jobQueueName = 'registration-jobs';
