import { text } from 'node:stream/consumers';
import type { ContainerClient } from '@azure/storage-blob';
import { isObject } from '../jsonFile.ts';

/** What is remembered of a timer from one start of the host to the next. */
export interface TimerStatus {
  /** When it ran last; undefined when it never did, or when its schedule has changed since. */
  readonly last: Date | undefined;
  readonly next: Date;
  /** From when `next` was counted. */
  readonly lastUpdated: Date;
}

export interface TimerStatusStore {
  /** @returns undefined when nothing usable is kept */
  load(): Promise<TimerStatus | undefined>;
  save(status: TimerStatus): Promise<void>;
}

/** How .NET writes that there was no such time. */
const never = '0001-01-01T00:00:00';

/** A time as a timer function gets it. */
export const timeText = (time: Date | undefined): string => time?.toISOString() ?? never;

/**
 * The status of a timer as a blob, where the real host keeps it: `timers/{hostId}/{function}/status` in `azure-webjobs-hosts`.
 * Source: azure-webjobs-sdk-extensions src/WebJobs.Extensions.Timers.Storage/StorageScheduleMonitor.cs
 */
export function blobTimerStatus(container: ContainerClient, hostId: string, name: string): TimerStatusStore {
  const blob = container.getBlockBlobClient(`timers/${hostId}/${name}/status`);
  return {
    async load() {
      try {
        const { readableStreamBody } = await blob.download();
        return readableStreamBody && parse(await text(readableStreamBody));
      } catch (error) {
        if ((error as { statusCode?: number }).statusCode === 404) return undefined;
        throw error;
      }
    },
    async save({ last, next, lastUpdated }) {
      await container.createIfNotExists();
      const content = JSON.stringify({
        Last: timeText(last),
        Next: timeText(next),
        LastUpdated: timeText(lastUpdated),
      });
      await blob.upload(content, Buffer.byteLength(content), {
        blobHTTPHeaders: { blobContentType: 'application/json' },
      });
    },
  };
}

/** A status that is damaged counts as none: the timer then begins anew. */
function parse(content: string): TimerStatus | undefined {
  try {
    const status: unknown = JSON.parse(content);
    if (!isObject(status)) return undefined;
    const [last, next, lastUpdated] = [status.Last, status.Next, status.LastUpdated].map(timeOf);
    return next && lastUpdated && { last, next, lastUpdated };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function timeOf(value: unknown): Date | undefined {
  const time = new Date(String(value));
  return Number.isNaN(time.getTime()) || time.getUTCFullYear() < 2 ? undefined : time;
}
