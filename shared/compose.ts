import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { operations } from './api.ts';
import type { Identify } from './auth/caller.ts';
import { composeJobs, type JobServices } from './composeJobs.ts';
import { actsAsItself } from './config/ownCredentials.ts';
import type { Config } from './config/readConfig.ts';
import { newObjectId } from './contract/guid.ts';
import type { DeviceStore } from './directory/emulator/deviceStore.ts';
import type { KnownUser } from './directory/emulator/users.ts';
import type { DirectoryFor } from './directory/port.ts';
import type { AnswerServices } from './operations/answer.ts';
import { dispatcher } from './operations/dispatch.ts';
import type { Terms } from './operations/operation.ts';
import { consoleTelemetry } from './telemetry/console.ts';
import { deferred } from './telemetry/deferred.ts';
import type { Telemetry } from './telemetry/port.ts';
import { redactor } from './telemetry/privacy.ts';
import { several } from './telemetry/several.ts';

/** Everything a function needs. */
export interface Services extends AnswerServices, Terms, JobServices {
  /** How answers call this service; undefined means as the caller did. */
  publicBaseUrl: string | undefined;
  trustForwarded: boolean;
  /** Whether the directory can be written; why it cannot is in the log. */
  isReady(): Promise<boolean>;
  /** Before the end: whoever waits for another attempt at something is answered now. */
  endWaiting(): void;
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
  /** Takes a line about each request, where no platform tells of them; whole lines, as `write` does. */
  requestLog?: (line: string) => void;
  /** See {@link Services.storageReady}; left out where nothing is started first. */
  storageReady?: () => Promise<void>;
}

/**
 * Config in, services out: the only place that knows every name. Heavy parts are loaded here, when they are chosen.
 * @param write takes whole lines of log
 * @throws UnusableDatabase, UnusableUsers
 */
export async function compose(
  config: Config,
  write: (line: string) => void,
  outside: Outside = { fetch: globalThis.fetch },
): Promise<Services> {
  const now = (): Date => new Date();
  const telemetry = telemetryOf(config, write, outside);
  const identify = await callersOf(config, now, outside);
  const directory = await openDirectory(config, write, now);
  const terms: Terms = {
    contract: config.CONTRACT,
    actsAsItself: actsAsItself(config),
  };
  const storageReady = outside.storageReady ?? (() => Promise.resolve());
  return {
    ...terms,
    dispatcher: dispatcher(operations, terms),
    ...composeJobs(config, {
      directoryFor: () => directory.directoryFor({ caller: {}, version: 'v1.0', clientRequestId: randomUUID() }),
      isUnattended: config.DIRECTORY_MODE !== 'graph' || terms.actsAsItself,
      storageReady,
      now,
      log: write,
    }),
    schedules: { pickUp: config.BULK_SCHEDULE, sweep: config.BULK_SWEEP_SCHEDULE },
    publicBaseUrl: config.PUBLIC_BASE_URL,
    trustForwarded: config.TRUST_FORWARDED,
    identify,
    directoryFor: directory.directoryFor,
    telemetry,
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
    endWaiting: directory.endWaiting,
    async close() {
      try {
        await directory.close();
      } finally {
        await telemetry.close();
      }
    },
  };
}

interface OpenDirectory {
  directoryFor: DirectoryFor;
  /** @throws whatever would make a write fail */
  check(): Promise<void>;
  endWaiting(): void;
  close(): Promise<void>;
}

async function openDirectory(config: Config, write: (line: string) => void, now: () => Date): Promise<OpenDirectory> {
  if (config.DIRECTORY_MODE === 'graph') return openGraph(config, write, now);
  const users = config.EMULATOR_USERS === undefined ? undefined : await readUsers(config.EMULATOR_USERS);
  const store = await openStore(config, write);
  const { emulatedDirectory } = await import('./directory/emulator/emulatedDirectory.ts');
  const directory = emulatedDirectory({ store, now, newId: () => newObjectId(Date.now()), users });
  return { directoryFor: () => directory, check: store.check, endWaiting: () => undefined, close: store.close };
}

/** Milliseconds in which a token must be there, and less than a request has: so the reason is known before its time is over. */
const longestTokenMs = 15_000;

async function openGraph(config: Config, warn: (line: string) => void, now: () => Date): Promise<OpenDirectory> {
  const { graphDirectory, graphTokens, breaker } = await import('./directory/graph/parts.ts');
  const budgetMs = config.GRAPH_TIME_BUDGET_S * 1000;
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
    { now, warn, timeoutMs: Math.min(longestTokenMs, 0.9 * budgetMs) },
  );
  const circuit = breaker(now);
  return {
    directoryFor: graphDirectory({
      baseUrl: config.GRAPH_BASE_URL,
      tokens,
      breaker: circuit,
      timeoutMs: config.GRAPH_TIMEOUT_MS,
      patience: { budgetMs, firstDelayMs: 500, random: Math.random },
    }),
    check: () => Promise.resolve(),
    endWaiting: () => circuit.stop(),
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

function telemetryOf(config: Config, write: (line: string) => void, { requestLog }: Outside): Telemetry {
  const { LOG_FORMAT: logFormat, APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString } = config;
  const redact = redactor(config.TELEMETRY_PERSONAL_DATA);
  const format = logFormat === 'json' ? 'json' : 'text';
  const log = consoleTelemetry(
    requestLog && logFormat !== 'none'
      ? { format, tells: 'requests', redact, write: requestLog }
      : { format, tells: 'failures', redact, write },
  );
  if (connectionString === undefined) return log;
  const load = async (): Promise<Telemetry> => {
    const { telemetryThread } = await import('./telemetry/telemetryThread.ts');
    const options = {
      connectionString,
      authentication: config.APPLICATIONINSIGHTS_AUTHENTICATION_STRING,
      samplingPercent: config.TELEMETRY_SAMPLING_PERCENT,
      liveMetrics: config.TELEMETRY_LIVE_METRICS,
      endpoint: config.TELEMETRY_ENDPOINT,
      personalData: config.TELEMETRY_PERSONAL_DATA,
    };
    return telemetryThread(options, write);
  };
  return several([log, deferred({ load, warn: write })]);
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
