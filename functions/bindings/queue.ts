import type { FunctionApp } from './register.ts';
import { toRun, type Run } from './run.ts';

/** One message, and how often it has been tried. */
export interface QueueMessage {
  /** A JSON object. */
  readonly message: Readonly<Record<string, unknown>>;
  /** 1 at the first try. */
  readonly dequeueCount: number;
  /** Of the message in its queue. */
  readonly id: string;
}

export interface QueueAddress {
  /** May be `%SETTING%`. */
  readonly queueName: string;
  /** Name of the setting that leads to the storage account. */
  readonly connection: string;
}

/**
 * Registers a job that works on the messages of a queue.
 * @param run success deletes the message; a failure brings it back, until it goes to the queue `{queueName}-poison`
 */
export function bindQueue(
  app: FunctionApp,
  name: string,
  { queueName, connection }: QueueAddress,
  run: (taken: QueueMessage, context: Run) => Promise<void>,
): void {
  app.storageQueue(name, {
    queueName,
    connection,
    handler: async (input, context) => {
      const message = toMessage(input);
      const { dequeueCount, id } = context.triggerMetadata ?? {};
      await run({ message, dequeueCount: Number(dequeueCount), id: String(id) }, toRun(context));
    },
  });
}

/**
 * Registers a job for messages that somebody else writes, and that say no more than that something has happened: what they hold is not read.
 * @param run as for {@link bindQueue}
 */
export function bindSignal(
  app: FunctionApp,
  name: string,
  { queueName, connection }: QueueAddress,
  run: () => Promise<void>,
): void {
  app.storageQueue(name, { queueName, connection, handler: run });
}

/** Names by which a message would hide what the platform says of it; the platform ignores case. */
const hiding: ReadonlySet<string> = new Set(['dequeuecount', 'id']);

/**
 * The library makes a number or a truth value of any text that reads like one, so only objects are messages.
 * @throws TypeError for anything else, and for an object with a property that hides one of the platform's
 */
function toMessage(input: unknown): Record<string, unknown> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new TypeError('A message must be a JSON object.');
  }
  const hidden = Object.keys(input).find((name) => hiding.has(name.toLowerCase()));
  if (hidden !== undefined) {
    throw new TypeError(
      `A message must not have a property "${hidden}": it hides what the platform says of the message.`,
    );
  }
  return input as Record<string, unknown>;
}
