import type { Job } from './job.ts';

/** The containers. */
export const jobsContainer = 'registration-jobs';
export const inbox = 'registration-inbox';
export const archive = 'registration-archive';
export const rejectedFiles = 'registration-rejected';

/** Where the files of a job are. `division` names the delivery that divided the manifest. */
export const paths = {
  manifest: (job: string): string => `${jobsContainer}/${job}/manifest`,
  rows: (job: string, division: string): string => `${jobsContainer}/${job}/${division}/rows.jsonl`,
  ranges: (job: string, division: string): string => `${jobsContainer}/${job}/${division}/ranges.jsonl`,
  /** Outcomes of a range of which rows are left. */
  partial: (job: string, division: string, range: number): string =>
    `${jobsContainer}/${job}/${division}/partial/${range}.jsonl`,
  result: (job: string, division: string, range: number): string =>
    `${jobsContainer}/${job}/${division}/results/${range}.jsonl`,
  report: (job: string): string => `${jobsContainer}/${job}/report.jsonl`,
};

/** Of a file that was picked up: where it goes, in a folder of its day and job. */
export const archived = ({ createdAt, id }: Pick<Job, 'createdAt' | 'id'>, fileName: string): string =>
  `${createdAt.slice(0, 10)}/${id}/${fileName}`;
