import type { Directory } from '../directory/port.ts';
import type { Stores } from './stores.ts';

/** How jobs are worked on. */
export interface BulkTerms {
  /** Writes in 150 seconds, by all jobs and instances together; 0 is without bounds. */
  writesPer150s: number;
  /** Requests that write, devices and links, of one range at most. */
  rangeWrites: number;
  /** Rows under way at the same time within a range. */
  width: number;
  /** Seconds without progress after which what is missing of a job is sent again. */
  stalledSeconds: number;
}

/** What the work on jobs is made of; all that varies is handed in. */
export interface BulkParts extends Stores, BulkTerms {
  /** The directory as the app itself, as nobody is there any more when a job runs. For one row: each has a time budget of its own. */
  directoryFor(): Directory;
  now(): Date;
  /** A new GUID. */
  newId(): string;
  /** From 0 to 1. */
  random(): number;
  wait(milliseconds: number): Promise<void>;
  /** Takes one line. */
  log(line: string): void;
}
