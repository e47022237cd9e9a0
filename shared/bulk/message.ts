/**
 * Version of the messages. Those of an older one may still be in the queue when a deployment ends, and are read: members that came later
 * are optional, and what a member means never changes. A message that does is a new version.
 */
export const messageVersion = 1;

/** Divide the manifest of a job, try a row, and send a message for each range. */
export interface PrepareMessage {
  v: typeof messageVersion;
  kind: 'prepare';
  job: string;
}

/** Rows that are worked on together. */
export interface Range {
  /** From 0. */
  range: number;
  /** Bytes of the file of rows: from the first up to, but without, another one. */
  from: number;
  to: number;
  firstRow: number;
  rows: number;
  /** Requests that write, devices and links. */
  writes: number;
}

/** Register a range of rows. */
export interface RangeMessage extends Range {
  v: typeof messageVersion;
  kind: 'range';
  job: string;
  /** Its name in the state of the job. */
  division: string;
  /** The rows that are left; the outcomes of the others are kept. */
  left?: readonly number[];
  /** The pace has been asked already, and the message was hidden until its turn came. */
  isItsTurn?: boolean;
  /** A row may have been registered by an earlier message. */
  isAgain?: boolean;
  /** How often rows were put off because the directory failed. */
  failures?: number;
}

/** Put the report together and end the job. */
export interface FinishMessage {
  v: typeof messageVersion;
  kind: 'finish';
  job: string;
}

export type Message = PrepareMessage | RangeMessage | FinishMessage;

/** A message as it was taken from the queue. */
export interface Taken<M extends Message = Message> {
  message: M;
  /** 1 at the first try. */
  dequeueCount: number;
}

/**
 * Reads what a queue hands over.
 * @returns undefined for a message of a newer version: an instance of the next deployment understands it
 * @throws Error when it is no message of ours
 */
export function readMessage(input: Readonly<Record<string, unknown>>): Message | undefined {
  const { v, kind, job } = input;
  if (typeof v === 'number' && v > messageVersion) return undefined;
  if (v === messageVersion && typeof job === 'string' && kinds.has(kind)) return input as unknown as Message;
  throw new Error(`The queue holds what is no message of a job: ${JSON.stringify(input).slice(0, 200)}`);
}

const kinds: ReadonlySet<unknown> = new Set<Message['kind']>(['prepare', 'range', 'finish']);
