import { randomInt } from 'node:crypto';
import { Agent } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { ReportRow } from '../../shared/bulk/report/reportRow.ts';
import { jobClient, type ShownJob } from './jobClient.ts';
import { rowsOf } from './openBulk.ts';
import { send } from './send.ts';
import { startApp } from './startApp.ts';

/** What became of a job whose app was killed again and again. */
export interface KilledJob {
  job: ShownJob;
  /** Rows of the report that are not what they should be: a row in its place, created, and the device of that id in the directory. */
  wrong: string[];
  /** Kills at which the job had not ended. */
  kills: number;
}

/** Lookups at a time. */
const width = 32;

/** Registers many rows in one job, kills the app (`kill -9`) at random moments, and starts it again each time. */
export async function killWhileRegistering(dataDir: string, count: number, kills: number): Promise<KilledJob> {
  const env = {
    DATA_DIR: dataDir,
    LOCAL_STORAGE: 'azurite',
    BULK_SWEEP_SCHEDULE: '* * * * * *',
    BULK_STALLED_S: '3',
  };
  const rows = rowsOf(count);
  let app = await startApp(env);
  const { id } = await jobClient(app.base).start(rows);
  // The first one comes before so many rows can be done; after it the job stands still for a while.
  const latestMs = Math.min(700, Math.ceil(count / 25));
  let hit = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    await wait(randomInt(10, latestMs));
    const { status } = await jobClient(app.base).get(`/v1.0/registrationJobs/${id}`);
    if (status === 202) hit += 1;
    await app.stop('SIGKILL');
    app = await startApp(env);
  }
  const client = jobClient(app.base);
  const job = await client.ended(id);
  const report: ReportRow[] = [];
  for (let path: string | undefined = `/v1.0/registrationJobs/${id}/results`; path !== undefined;) {
    const { text, headers } = await client.get(path);
    report.push(
      ...text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as ReportRow),
    );
    path = /<[^>]*(\/v1\.0[^>]*)>/.exec(String(headers.link))?.[1];
  }
  const wrong = report.length === rows.length ? [] : [`the report has ${report.length} lines`];
  const agent = new Agent({ keepAlive: true, maxSockets: width });
  const queue = rows.entries();
  const look = async (): Promise<void> => {
    for (const [index, { deviceId }] of queue) {
      const path = `/v1.0/devices(deviceId='${deviceId}')`;
      const { text } = await send(app.base, { method: 'GET', path, headers: { authorization: 'Bearer adele' } }, agent);
      const line = report[index];
      const isRight = line?.row === index + 1 && line.deviceId === deviceId && line.outcome === 'created';
      if (!isRight || (JSON.parse(text) as { id?: string }).id !== line.id) wrong.push(JSON.stringify({ line, text }));
    }
  };
  await Promise.all(Array.from({ length: width }, look));
  agent.destroy();
  await app.stop();
  return { job, wrong, kills: hit };
}
