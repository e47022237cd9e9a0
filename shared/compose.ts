import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { Identify } from './auth/caller.ts';
import type { Config } from './config/readConfig.ts';
import { newObjectId } from './contract/guid.ts';
import type { DeviceStore } from './directory/emulator/deviceStore.ts';
import { emulatedDirectory } from './directory/emulator/emulatedDirectory.ts';
import type { AnswerServices } from './operations/answer.ts';
import type { Contract } from './operations/operation.ts';
import { consoleTelemetry } from './telemetry/console.ts';

/** Everything a function needs. */
export interface Services extends AnswerServices {
  contract: Contract;
  /** How answers call this service; undefined means as the caller did. */
  publicBaseUrl: string | undefined;
  trustForwarded: boolean;
  /** Whether the directory can be written; why it cannot is in the log. */
  isReady(): Promise<boolean>;
  /** Ends what is open. */
  close(): Promise<void>;
}

/** What lies outside the process. */
export interface Outside {
  fetch: typeof fetch;
}

/**
 * Config in, services out: the only place that knows every name. Heavy parts are loaded here, when they are chosen.
 * @param write takes whole lines of log
 * @throws UnusableDatabase
 */
export async function compose(
  config: Config,
  write: (line: string) => void,
  outside: Outside = { fetch: globalThis.fetch },
): Promise<Services> {
  const now = (): Date => new Date();
  const identify = await callersOf(config, now, outside);
  const store = await openStore(config, write);
  const directory = emulatedDirectory(store, now, () => newObjectId(Date.now()));
  return {
    contract: config.CONTRACT,
    publicBaseUrl: config.PUBLIC_BASE_URL,
    trustForwarded: config.TRUST_FORWARDED,
    identify,
    directory,
    telemetry: consoleTelemetry(write),
    now,
    newId: randomUUID,
    async isReady() {
      try {
        await store.check();
        return true;
      } catch (error) {
        write(`The directory is not ready: ${inspect(error)}`);
        return false;
      }
    },
    close: () => directory.close(),
  };
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
