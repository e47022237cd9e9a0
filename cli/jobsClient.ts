import type { RegistrationJob } from '../shared/contract/generated/types.ts';
import { RefusedError } from './commandError.ts';
import { mediaTypes, type Manifest } from './manifest.ts';
import { retryAfter, type Answer, type Service } from './service.ts';

/** A job as the service shows it. */
export type Job = Required<RegistrationJob>;

/** A job, and the seconds until it is worth another look; none when it has ended. */
export interface Look {
  job: Job;
  nextSeconds: number | undefined;
}

export interface Start {
  dryRun: boolean;
  generate: readonly ('deviceId' | 'key')[];
  /** The same key is the same job. */
  key: string;
}

export const reportTypes = { csv: 'text/csv', jsonl: 'application/x-ndjson' } as const;
export type ReportFormat = keyof typeof reportTypes;

const jobs = '/v1.0/registrationJobs';

/** Used where the service does not say when to look again, in seconds. */
const usualSeconds = 2;

const toLook = (answer: Answer): Look => ({
  job: JSON.parse(answer.text) as Job,
  nextSeconds: answer.status === 202 ? (retryAfter(answer) ?? usualSeconds) : undefined,
});

/** What the directory says of an object that is not there, said of a job. */
const named =
  (id: string) =>
  (error: unknown): never => {
    if (!(error instanceof RefusedError) || error.status !== 404) throw error;
    throw new RefusedError(404, `There is no job ${id}, or it is somebody else's.`);
  };

/** The jobs API, as docs/api describes it. */
export function jobsClient({ call }: Service) {
  return {
    async start({ bytes, format }: Manifest, { dryRun, generate, key }: Start): Promise<Look> {
      const query = new URLSearchParams({
        ...(dryRun && { dryRun: 'true' }),
        ...(generate.includes('deviceId') && { generateDeviceId: 'true' }),
        ...(generate.includes('key') && { generateKey: 'true' }),
      });
      const headers = { 'content-type': mediaTypes[format], 'idempotency-key': key };
      return toLook(await call({ method: 'POST', path: `${jobs}?${query.toString()}`, headers, body: bytes }));
    },

    /** @throws RefusedError 404 when it is not there, or is somebody else's */
    find: async (id: string): Promise<Look> =>
      toLook(await call({ method: 'GET', path: `${jobs}/${id}` }).catch(named(id))),

    /** @throws RefusedError 404 when it is not there, or is somebody else's */
    cancel: async (id: string): Promise<Look> =>
      toLook(await call({ method: 'POST', path: `${jobs}/${id}/cancel` }).catch(named(id))),

    /** The report of a job that has ended, part by part; put one behind the other they are the report. */
    async *report(id: string, format: ReportFormat): AsyncGenerator<string> {
      for (let next: string | undefined = ''; next !== undefined;) {
        const path = `${jobs}/${id}/results${next === '' ? '' : `?$skiptoken=${next}`}`;
        const { headers, text } = await call({ method: 'GET', path, headers: { accept: reportTypes[format] } });
        yield text;
        // Only the token is taken: the caller's own token must not go to another address.
        next = /[?&](?:\$|%24)skiptoken=([^&>]+)[^>]*>;\s*rel="?next/i.exec(headers.get('link') ?? '')?.[1];
      }
    },
  };
}

export type JobsClient = ReturnType<typeof jobsClient>;
