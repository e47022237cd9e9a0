import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { Identify } from './auth/caller.ts';
import { composeJobs, type JobServices } from './composeJobs.ts';
import type { Config } from './config/readConfig.ts';
import { newObjectId } from './contract/guid.ts';
import type { DeviceStore } from './directory/emulator/deviceStore.ts';
import type { KnownUser } from './directory/emulator/users.ts';
import type { DirectoryFor } from './directory/port.ts';
import type { AnswerServices } from './operations/answer.ts';
import type { Terms } from './operations/operation.ts';
import { consoleTelemetry } from './telemetry/console.ts';

/** Everything a function needs. */
export interface Services extends AnswerServices, Terms, JobServices {
  /** How answers call this service; undefined means as the caller did. */
  publicBaseUrl: string | undefined;
  trustForwarded: boolean;
  /** Whether the directory can be written; why it cannot is in the log. */
  isReady(): Promise<boolean>;
  /**
   * Settles once the storage of jobs can be used: at once on Azure, while the local host may still be starting it.
   * @throws Error in one line when there is none
   */
  storageReady(): Promise<void>;
  /** When the timers fire, in NCRONTAB. */
  schedules: { pickUp: string; sweep: string };
  /** Ends what is open. */
  close(): Promise<void>;
}

/** What lies outside the process. */
export interface Outside {
  fetch: typeof fetch;
  /** See {@link Services.storageReady}; left out where nothing is started first. */
  storageReady?: () => Promise<void>;
}

/**
 * Config in, services out: the only place that knows every name. Heavy parts are loaded here, when they are chosen.
 * @param write takes whole lines of log
 * @throws UnusableDatabase, UnusableUsers, UnusableCertificate
 */
export async function compose(
  config: Config,
  write: (line: string) => void,
  outside: Outside = { fetch: globalThis.fetch },
): Promise<Services> {
  const now = (): Date => new Date();
  const identify = await callersOf(config, now, outside);
  const directory = await openDirectory(config, write, now);
  const isGraph = config.DIRECTORY_MODE === 'graph';
  const actsAsItself = isGraph && ownCredentials.has(config.GRAPH_CREDENTIAL);
  const storageReady = outside.storageReady ?? (() => Promise.resolve());
  return {
    contract: config.CONTRACT,
    actsAsItself,
    ...composeJobs(config, {
      directoryFor: () => directory.directoryFor({ caller: {}, version: 'v1.0', clientRequestId: randomUUID() }),
      isUnattended: !isGraph || actsAsItself,
      storageReady,
      now,
      log: write,
    }),
    schedules: { pickUp: config.BULK_SCHEDULE, sweep: config.BULK_SWEEP_SCHEDULE },
    publicBaseUrl: config.PUBLIC_BASE_URL,
    trustForwarded: config.TRUST_FORWARDED,
    identify,
    directoryFor: directory.directoryFor,
    telemetry: consoleTelemetry(write),
    now,
    newId: randomUUID,
    async isReady() {
      try {
        await directory.check();
        return true;
      } catch (error) {
        write(`The directory is not ready: ${inspect(error)}`);
        return false;
      }
    },
    storageReady,
    close: directory.close,
  };
}

/** Credentials by which Graph sees this app, and not the user who calls. */
const ownCredentials: ReadonlySet<Config['GRAPH_CREDENTIAL']> = new Set([
  'managedIdentity',
  'clientSecret',
  'clientCertificate',
  'azureCli',
] as const);

interface OpenDirectory {
  directoryFor: DirectoryFor;
  /** @throws whatever would make a write fail */
  check(): Promise<void>;
  close(): Promise<void>;
}

async function openDirectory(config: Config, write: (line: string) => void, now: () => Date): Promise<OpenDirectory> {
  if (config.DIRECTORY_MODE === 'graph') return openGraph(config, write, now);
  const users = config.EMULATOR_USERS === undefined ? undefined : await readUsers(config.EMULATOR_USERS);
  const store = await openStore(config, write);
  const { emulatedDirectory } = await import('./directory/emulator/emulatedDirectory.ts');
  const directory = emulatedDirectory({ store, now, newId: () => newObjectId(Date.now()), users });
  return { directoryFor: () => directory, check: store.check, close: store.close };
}

async function openGraph(config: Config, warn: (line: string) => void, now: () => Date): Promise<OpenDirectory> {
  const [{ graphDirectory }, { graphTokens }, { breaker }] = await Promise.all([
    import('./directory/graph/graphDirectory.ts'),
    import('./directory/graph/credentials.ts'),
    import('./directory/graph/breaker.ts'),
  ]);
  const tokens = graphTokens(
    {
      credential: config.GRAPH_CREDENTIAL,
      baseUrl: config.GRAPH_BASE_URL,
      authorityHost: config.GRAPH_AUTHORITY_HOST,
      tenantId: config.GRAPH_TENANT_ID,
      clientId: config.GRAPH_CLIENT_ID,
      clientSecret: config.GRAPH_CLIENT_SECRET,
      clientCertificatePath: config.GRAPH_CLIENT_CERTIFICATE_PATH,
      managedIdentityClientId: config.GRAPH_MANAGED_IDENTITY_CLIENT_ID,
    },
    { now, warn },
  );
  return {
    directoryFor: graphDirectory({
      baseUrl: config.GRAPH_BASE_URL,
      tokens,
      breaker: breaker(now),
      timeoutMs: config.GRAPH_TIMEOUT_MS,
      patience: { budgetMs: config.GRAPH_TIME_BUDGET_S * 1000, firstDelayMs: 500, random: Math.random },
    }),
    check: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

async function readUsers(path: string): Promise<readonly KnownUser[]> {
  const { usersIn } = await import('./directory/emulator/usersFile.ts');
  return usersIn(path);
}

async function openStore(config: Config, write: (line: string) => void): Promise<DeviceStore> {
  if (config.EMULATOR_STORE === 'memory') {
    const { memoryStore } = await import('./directory/emulator/memoryStore.ts');
    return memoryStore();
  }
  const { sqliteStore } = await import('./directory/emulator/sqliteStore.ts');
  return sqliteStore(join(config.DATA_DIR, 'directory.db'), { synchronous: config.EMULATOR_SYNCHRONOUS, warn: write });
}

async function callersOf(config: Config, now: () => Date, { fetch }: Outside): Promise<Identify> {
  const entra = { cloud: config.ENTRA_CLOUD, tenantIds: config.ENTRA_TENANT_IDS, audiences: config.ENTRA_AUDIENCES };
  switch (config.AUTH_MODE) {
    case 'emulator': {
      const { emulatorCallers } = await import('./auth/emulatorCallers.ts');
      return emulatorCallers(now);
    }
    case 'entra': {
      const { entraCallers } = await import('./auth/entraCallers.ts');
      return entraCallers({ ...entra, clockToleranceS: config.ENTRA_CLOCK_TOLERANCE_S, fetch, now });
    }
    case 'easyauth': {
      const { easyauthCallers } = await import('./auth/easyauthCallers.ts');
      return easyauthCallers(entra);
    }
    case 'passthrough': {
      const { passthroughCallers } = await import('./auth/passthroughCallers.ts');
      return passthroughCallers();
    }
  }
}
