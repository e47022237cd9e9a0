import type { Counts, Job } from './job.ts';
import type { Message } from './message.ts';

/** Bytes that come in pieces. A piece holds until the next one is asked for: its memory may be used again. */
export type Bytes = AsyncIterable<Uint8Array>;

/** A part of a file: from the first byte up to, but without, another one. */
export interface Slice {
  from: number;
  to?: number;
}

/** A file in a folder that others write to. */
export interface FoundFile {
  path: string;
  /** Changes with the content. */
  etag: string;
  contentType: string | undefined;
  lastModified: Date;
  /** Whether nobody is writing it any more. */
  isComplete: boolean;
}

/** Where manifests, rows, results and reports are. A path begins with a container: `registration-jobs/{job}/report.jsonl`. */
export interface Files {
  /** Nobody ever reads a part of what is being put; what was there is replaced. */
  put(path: string, content: string | Bytes): Promise<void>;
  /** @returns undefined when there is no such file */
  read(path: string, slice?: Slice): Promise<Bytes | undefined>;
  /** Does nothing when there is no such file. */
  remove(path: string): Promise<void>;
  list(container: string): AsyncIterable<FoundFile>;
  /** Keeps others from taking a file while it is moved. @returns how to let go, or undefined when somebody else has it */
  take(file: FoundFile): Promise<TakenFile | undefined>;
}

export interface TakenFile {
  /** Removes the file, unless it has changed. */
  remove(): Promise<void>;
  release(): Promise<void>;
}

/** A job, and the mark that its next change has to name. */
export interface StoredJob {
  job: Job;
  etag: string;
}

/** That a range has its result. */
export interface DoneRange {
  range: number;
  counts: Counts;
}

export interface JobList {
  jobs: readonly Job[];
  /** Where the next part begins; absent at the end. */
  next?: string;
}

/** State of jobs, with optimistic concurrency. */
export interface JobTable {
  /** @returns false when there is a job of this id */
  insert(job: Job): Promise<boolean>;
  find(id: string): Promise<StoredJob | undefined>;
  /** @returns false when the job has changed since */
  replace(job: Job, etag: string): Promise<boolean>;
  /** Puts it where {@link JobTable.list} and {@link JobTable.active} find it; may be repeated. */
  announce(job: Job): Promise<void>;
  /** Takes it from those that are at work. */
  retire(id: string): Promise<void>;
  /** Newest first. @param creator all jobs without it */
  list(creator: string | undefined, top: number, after?: string): Promise<JobList>;
  /** Ids of the jobs that have not ended. */
  active(): AsyncIterable<string>;
  /** @returns false when the range had a result */
  addRange(job: string, done: DoneRange): Promise<boolean>;
  hasRange(job: string, range: number): Promise<boolean>;
  dropRange(job: string, range: number): Promise<void>;
  doneRanges(job: string): AsyncIterable<DoneRange>;
}

/** When the next write may be sent, in milliseconds since 1970; one number for all jobs and instances. */
export interface Turns {
  read(): Promise<{ at: number; etag: string | undefined }>;
  /** @returns false when another one was faster */
  write(at: number, etag: string | undefined): Promise<boolean>;
}

/** The queue of the messages. */
export interface Queue {
  send(message: Message | Readonly<Record<string, unknown>>, delaySeconds?: number): Promise<void>;
}

/** All of them. */
export interface Stores {
  files: Files;
  jobs: JobTable;
  turns: Turns;
  queue: Queue;
}
