import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Account } from './bulk/azureStorage/openStores.ts';
import type { Bulk } from './bulk/bulk.ts';
import type { BulkTerms } from './bulk/parts.ts';
import type { Jobs } from './bulk/port.ts';
import { jobQueueName } from './bulk/queueName.ts';
import type { Config } from './config/readConfig.ts';
import { GraphError } from './contract/errors.ts';
import type { Directory } from './directory/port.ts';

/** Jobs, for the operations and for what runs without a caller. The storage clients are loaded at first use. */
export interface JobServices {
  jobs: Jobs;
  /** Whether there can be jobs at all. */
  hasJobs: boolean;
  /** @throws GraphError serviceNotAvailable when there can be none */
  bulk(): Promise<Bulk>;
}

export interface JobsOutside {
  directoryFor(): Directory;
  /** Whether the directory can be used when no caller is there. */
  isUnattended: boolean;
  storageReady(): Promise<void>;
  now(): Date;
  log(line: string): void;
}

/** Lines of one part of a report. */
const reportLines = 20_000;

/**
 * Writes of one range, and rows of it at the same time: before Graph a range is what one batch of 20 requests carries; in the embedded
 * directory a hundred rows share a transaction, and no more of them have to be held.
 */
const termsOf = ({ DIRECTORY_MODE, BULK_WRITES_PER_150S, BULK_STALLED_S }: Config): BulkTerms => ({
  ...(DIRECTORY_MODE === 'graph'
    ? { writesPer150s: BULK_WRITES_PER_150S ?? 3000, rangeWrites: 20, width: 4 }
    : { writesPer150s: BULK_WRITES_PER_150S ?? 0, rangeWrites: 500, width: 100 }),
  stalledSeconds: BULK_STALLED_S,
});

export function composeJobs(config: Config, outside: JobsOutside): JobServices {
  const account = accountOf(config);
  const why = account ? (outside.isUnattended ? undefined : noCredential) : 'There is no storage for jobs.';
  let opened: Promise<{ jobs: Jobs; bulk: Bulk }> | undefined;
  const open = (): NonNullable<typeof opened> => {
    if (!account || why !== undefined) return Promise.reject(new GraphError('serviceNotAvailable', why ?? ''));
    return (opened ??= openJobs(config, account, outside).catch((error: unknown) => {
      opened = undefined;
      throw error;
    }));
  };
  /** What the storage says is not for callers. */
  const served = async <T>(use: (jobs: Jobs) => Promise<T>): Promise<T> => {
    try {
      return await use((await open()).jobs);
    } catch (cause) {
      if (cause instanceof GraphError) throw cause;
      throw new GraphError('serviceNotAvailable', 'The storage of jobs does not answer.', { cause });
    }
  };
  return {
    hasJobs: why === undefined,
    bulk: async () => (await open()).bulk,
    jobs: {
      maxUploadBytes: config.BULK_MAX_UPLOAD_MB * 1024 * 1024,
      now: outside.now,
      start: (caller, upload) => served((jobs) => jobs.start(caller, upload)),
      find: (caller, id) => served((jobs) => jobs.find(caller, id)),
      list: (caller, top, after) => served((jobs) => jobs.list(caller, top, after)),
      cancel: (caller, id) => served((jobs) => jobs.cancel(caller, id)),
      report: (caller, id, from) => served((jobs) => jobs.report(caller, id, from)),
    },
  };
}

const noCredential =
  'Jobs go on when their caller is gone, and GRAPH_CREDENTIAL acts for callers only; there are no jobs here (docs/bulk.md).';

function accountOf(config: Config): Account | undefined {
  const {
    AzureWebJobsStorage: connectionString,
    AzureWebJobsStorage__blobServiceUri: blobServiceUri,
    AzureWebJobsStorage__queueServiceUri: queueServiceUri,
    AzureWebJobsStorage__tableServiceUri: tableServiceUri,
    AzureWebJobsStorage__clientId: clientId,
  } = config;
  if (connectionString !== undefined) return { connectionString };
  if (!blobServiceUri || !queueServiceUri || !tableServiceUri) return undefined;
  return { blobServiceUri, queueServiceUri, tableServiceUri, clientId };
}

async function openJobs(
  config: Config,
  account: Account,
  { directoryFor, storageReady, now, log }: JobsOutside,
): Promise<{ jobs: Jobs; bulk: Bulk }> {
  await storageReady();
  const [{ openStores }, { bulk }, { jobs }] = await Promise.all([
    import('./bulk/azureStorage/openStores.ts'),
    import('./bulk/bulk.ts'),
    import('./bulk/jobs.ts'),
  ]);
  const stores = await openStores(account, jobQueueName, now);
  const tools = { now, newId: randomUUID, random: Math.random, wait: (ms: number) => wait(ms), log };
  const parts = { ...stores, ...termsOf(config), ...tools, directoryFor };
  return {
    bulk: bulk(parts),
    jobs: jobs(parts, { maxUploadBytes: config.BULK_MAX_UPLOAD_MB * 1024 * 1024, reportLines }),
  };
}
