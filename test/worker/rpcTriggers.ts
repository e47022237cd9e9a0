import type { DequeuedMessageItem } from '@azure/storage-queue';
import type { RpcData } from './coreModule.ts';
import type { RpcTrigger } from './invoke.ts';

/** What a timer of the real host knows, in .NET's own spelling. */
export interface RpcTimer {
  Schedule: { AdjustForDST: boolean };
  ScheduleStatus: { Last: string; Next: string; LastUpdated: string } | null;
  IsPastDue: boolean;
}

/** Source: azure-functions-host src/WebJobs.Script.Grpc/MessageExtensions/GrpcMessageConversionExtensions.cs */
export const toRpcTimer = (timer: RpcTimer): RpcTrigger => ({ data: { json: JSON.stringify(timer) } });

/**
 * A message as the real host hands it over: its text, and beside it what the queue says and each property of the message but for arrays,
 * which takes the place of one of the queue's of the same name.
 * Source: azure-sdk-for-net Microsoft.Azure.WebJobs.Extensions.Storage.Queues QueueTriggerBinding.cs; azure-functions-host Utility.cs
 * @param text the message, decoded
 */
export function toRpcQueueMessage(item: DequeuedMessageItem, text: string): RpcTrigger {
  const time = (value: Date): RpcData => ({ json: JSON.stringify(value.toISOString()) });
  const told = new Map<string, [string, RpcData]>();
  const tell = (name: string, data: RpcData) =>
    told.set(name.toLowerCase(), [told.get(name.toLowerCase())?.[0] ?? name, data]);
  tell('QueueTrigger', { string: text });
  tell('DequeueCount', { int: item.dequeueCount });
  tell('ExpirationTime', time(item.expiresOn));
  tell('Id', { string: item.messageId });
  tell('InsertionTime', time(item.insertedOn));
  tell('NextVisibleTime', time(item.nextVisibleOn));
  tell('PopReceipt', { string: item.popReceipt });
  for (const [name, value] of Object.entries(JSON.parse(text) as Record<string, unknown>)) {
    if (!Array.isArray(value)) tell(name, { string: typeof value === 'string' ? value : JSON.stringify(value) });
  }
  return { data: { string: text }, triggerMetadata: Object.fromEntries(told.values()) };
}
