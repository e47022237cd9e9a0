import { availableParallelism } from 'node:os';
import { isObject } from './jsonFile.ts';
import type { StartError } from './startError.ts';
import { parseTimeSpan } from './triggers/timeSpan.ts';

/** `extensions.queues` of host.json, complete. */
export interface QueuesJson {
  /** Messages that are taken at once. */
  readonly batchSize: number;
  /** As soon as no more than this many are worked on, the next ones are taken. */
  readonly newBatchThreshold: number;
  /** Tries of one message before it goes to the poison queue. */
  readonly maxDequeueCount: number;
  /** Wait before a failed message is seen again. */
  readonly visibilityTimeoutMs: number;
  /** Longest wait between two looks into an empty queue. */
  readonly maxPollingIntervalMs: number;
  readonly messageEncoding: 'base64' | 'none';
}

/**
 * @param wrong makes the error for a member that is not what is wanted
 * Source: azure-sdk-for-net Microsoft.Azure.WebJobs.Extensions.Storage.Common QueuesOptions.cs, for defaults and bounds
 */
export function readQueuesJson(
  queues: unknown = {},
  wrong: (member: string, wanted: string) => StartError,
): QueuesJson {
  if (!isObject(queues)) throw wrong('extensions.queues', 'an object');
  const { messageEncoding = 'base64' } = queues;
  const integer = (name: string, fallback: number, minimum: number, maximum: number): number => {
    const value = queues[name] ?? fallback;
    if (Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum) return value as number;
    throw wrong(`extensions.queues.${name}`, `a whole number from ${minimum} to ${maximum}`);
  };
  const timeSpan = (name: string, fallback: string, minimumMs: number): number => {
    const value = parseTimeSpan(queues[name] ?? fallback);
    if (value !== undefined && value >= minimumMs) return value;
    throw wrong(`extensions.queues.${name}`, `a time such as "${fallback}", of ${minimumMs} ms at least`);
  };
  if (messageEncoding !== 'base64' && messageEncoding !== 'none') {
    throw wrong('extensions.queues.messageEncoding', '"base64" or "none"');
  }
  const batchSize = integer('batchSize', 16, 1, 32);
  return {
    batchSize,
    newBatchThreshold: integer('newBatchThreshold', Math.floor(batchSize / 2) * availableParallelism(), 0, 10_000),
    maxDequeueCount: integer('maxDequeueCount', 5, 1, 1_000_000),
    visibilityTimeoutMs: timeSpan('visibilityTimeout', '00:00:00', 0),
    maxPollingIntervalMs: timeSpan('maxPollingInterval', '00:01:00', 100),
    messageEncoding,
  };
}
