import { resolve } from 'node:path';
import type { Config } from '../shared/config/readConfig.ts';
import type { Azurite } from './azurite.ts';
import { StartError } from './startError.ts';

/** The storage account that a local app keeps its jobs in. */
export interface JobStorage {
  /** Undefined when there is none. */
  readonly connectionString: string | undefined;
  /** Where it is, for the welcome. */
  readonly description: string;
  /** Brings it up beside requests; what goes wrong is logged, and {@link JobStorage.ready} rejects. */
  start(): void;
  /**
   * Settles once the storage answers.
   * @throws StartError when there is none, or it does not come up
   */
  ready(): Promise<void>;
  /** Ends what was started here. */
  stop(): Promise<void>;
}

/**
 * The account that the settings name, or else an Azurite of the app's own. Its connection string is known at once; it is started only
 * when `start` is called, so that it does not delay the first request.
 * @param env all settings: those that Azure reads in place of `AzureWebJobsStorage` are looked for
 * @param log takes one line
 * @throws StartError for settings that only Azure can follow
 */
export async function jobStorage(
  config: Pick<Config, 'AzureWebJobsStorage' | 'LOCAL_STORAGE' | 'DATA_DIR'>,
  env: Readonly<Record<string, string | undefined>>,
  log: (line: string) => void,
): Promise<JobStorage> {
  const given = config.AzureWebJobsStorage;
  if (given !== undefined) return elsewhere(given);
  const identity = Object.keys(env).find((name) => /^AzureWebJobsStorage(?:__|:)/i.test(name));
  if (identity !== undefined) {
    throw new StartError(
      `${identity} names a storage account by an identity, which works on Azure only; ` +
        'set AzureWebJobsStorage to a connection string, or leave both out for the embedded storage.',
    );
  }
  if (config.LOCAL_STORAGE === 'none') return nowhere('LOCAL_STORAGE is none');
  const azurite = await embedded(resolve(config.DATA_DIR, 'azurite'), log);
  if (typeof azurite === 'string') {
    log(`There is no storage for jobs: ${azurite}. Everything else works.`);
    return nowhere(azurite);
  }
  const ready = Promise.withResolvers<undefined>();
  ready.promise.catch((error: unknown) => {
    log(error instanceof Error ? error.message : String(error));
  });
  return {
    connectionString: azurite.connectionString,
    description: `Azurite in ${config.DATA_DIR}/azurite`,
    start() {
      azurite.start().then(() => {
        ready.resolve(undefined);
      }, ready.reject);
    },
    ready: () => ready.promise,
    stop: azurite.stop,
  };
}

/** @returns why there is none: the app serves without it */
async function embedded(folder: string, log: (line: string) => void): Promise<Azurite | string> {
  const { azuriteIn } = await import('./azurite.ts');
  try {
    return (await azuriteIn(folder, { log })) ?? 'the package azurite is not installed';
  } catch (error) {
    return (error as Error).message.replace(/\.$/, '');
  }
}

const elsewhere = (connectionString: string): JobStorage => ({
  connectionString,
  description: 'the account of AzureWebJobsStorage',
  start: () => undefined,
  ready: () => Promise.resolve(),
  stop: () => Promise.resolve(),
});

const nowhere = (reason: string): JobStorage => ({
  connectionString: undefined,
  description: `none: ${reason}`,
  start: () => undefined,
  ready: () => Promise.reject(new StartError(`There is no storage for jobs: ${reason}.`)),
  stop: () => Promise.resolve(),
});
