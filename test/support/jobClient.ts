import { setTimeout as wait } from 'node:timers/promises';
import { send, type Answer } from './send.ts';

/** A job as the API shows it. */
export interface ShownJob {
  id: string;
  status: string;
  rowCount: number | null;
  createdCount: number;
  unchangedCount: number;
  rejectedCount: number;
  notAttemptedCount: number;
  percentageComplete: number;
  errorMessage: string | null;
}

/** Asks about jobs as somebody. */
export function jobClient(base: string, token = 'adele') {
  const authorization = `Bearer ${token}`;
  const client = {
    get: (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
      send(base, { method: 'GET', path, headers: { authorization, ...headers } }),
    post: (path: string, body = '', headers: Record<string, string> = {}): Promise<Answer> =>
      send(base, { method: 'POST', path, body, headers: { authorization, ...headers } }),
    /** Starts a job from JSON Lines. */
    async start(rows: readonly object[], query = ''): Promise<ShownJob> {
      const body = rows.map((row) => JSON.stringify(row)).join('\n');
      const answer = await client.post(`/v1.0/registrationJobs${query}`, body, {
        'content-type': 'application/x-ndjson',
      });
      if (answer.status !== 202) throw new Error(`unexpected answer ${answer.status} ${answer.text}`);
      return JSON.parse(answer.text) as ShownJob;
    },
    /** Follows a job as workflows do, to the first answer that is not 202. */
    async follow(path: string): Promise<Answer> {
      for (;;) {
        const answer = await client.get(path);
        if (answer.status !== 202) return answer;
        await wait(50);
      }
    },
    async ended(id: string): Promise<ShownJob> {
      const { text } = await client.follow(`/v1.0/registrationJobs/${id}`);
      return JSON.parse(text) as ShownJob;
    },
  };
  return client;
}
