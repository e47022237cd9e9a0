import { mkdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import {
  connectionStringOf,
  movedAccount,
  newAccount,
  readAccount,
  writeAccount,
  type Account,
} from './azurite/account.ts';
import { end, findAzurite, isRunning, launch, logIn } from './azurite/azuriteProcess.ts';
import { underLock } from './azurite/folderLock.ts';
import { probe } from './azurite/probe.ts';
import { usersOf } from './azurite/users.ts';
import { StartError } from './startError.ts';

/** The storage services of one data folder. */
export interface Azurite {
  /** Holds as soon as there is this object; who uses it before `start` has settled finds nobody there. */
  readonly connectionString: string;
  /**
   * Finds the Azurite that runs on the folder, or starts one, and sees to it that there is one until `stop`.
   * @throws StartError when it does not come up
   */
  start(): Promise<void>;
  /** Ends it and waits until its data is written, unless another app uses it. */
  stop(): Promise<void>;
}

export interface AzuriteOptions {
  /** Takes what happens beside requests, one line each. */
  readonly log: (line: string) => void;
  /** Milliseconds between two looks whether the process is still there. */
  readonly watchMs?: number;
}

/** Longest wait for the three services to answer, in milliseconds: a laptop that is busy may need that long. */
const startMs = 60_000;

/**
 * Settles where the Azurite of a folder listens, without starting it: on the ports of last time, unless another program has taken them.
 * Azurite is a process of its own, so it outlives a crash of the app and is found again.
 * @returns undefined when the package is not installed
 * @throws StartError when the folder cannot be used
 */
export async function azuriteIn(folder: string, options: AzuriteOptions): Promise<Azurite | undefined> {
  const program = findAzurite();
  if (program === undefined) return undefined;
  mkdirSync(folder, { recursive: true });
  const account = await settle(folder);
  return azurite(program, folder, account, options);
}

async function settle(folder: string): Promise<Account> {
  const account = readAccount(folder);
  if (account && !(await isTaken(folder, account))) return account;
  return underLock(folder, async () => {
    const now = readAccount(folder);
    if (now && !(await isTaken(folder, now))) return now;
    const settled = await (now ? movedAccount(now) : newAccount());
    writeAccount(folder, settled);
    return settled;
  });
}

const portTaken =
  'Another program has just taken a port of the storage of jobs; the next start moves it. Jobs do not run.';

/** An Azurite that is too busy to say who it is, is known by its process. */
async function isTaken(folder: string, account: Account): Promise<boolean> {
  const found = await probe(account);
  return found === 'other' || (found === 'silent' && !isRunning(folder));
}

function azurite(program: string, folder: string, account: Account, { log, watchMs = 2000 }: AzuriteOptions): Azurite {
  const users = usersOf(folder);
  let watch: NodeJS.Timeout | undefined;
  let stopping = false;

  async function start(): Promise<void> {
    await underLock(folder, async () => {
      if (stopping) return;
      users.join();
      if (await isTaken(folder, account)) throw new StartError(portTaken);
      if ((await probe(account)) === 'nobody') launch(program, folder, account);
      await answered(folder, account);
    });
    if (!stopping) watch = setTimeout(() => void look(), watchMs).unref();
  }

  async function look(): Promise<void> {
    try {
      const isThere = isRunning(folder) || (await probe(account)) !== 'nobody';
      if (stopping) return;
      if (isThere) {
        watch?.refresh();
        return;
      }
      log('The storage of jobs has ended and is started again; what it took in its last five seconds may be lost.');
      await start();
    } catch (error) {
      log(error instanceof Error ? error.message : String(error));
    }
  }

  return {
    connectionString: connectionStringOf(account),
    start,
    async stop() {
      stopping = true;
      clearTimeout(watch);
      await underLock(folder, async () => {
        if (users.leave()) return;
        const found = await probe(account);
        if (found !== 'nobody' && found !== 'other') await end(folder);
      });
    },
  };
}

async function answered(folder: string, account: Account): Promise<void> {
  const until = Date.now() + startMs;
  while ((await probe(account)) !== 'ours') {
    if (!isRunning(folder) || Date.now() > until) {
      throw new StartError(`The storage of jobs did not start; ${logIn(folder)} may tell why. Jobs do not run.`);
    }
    await wait(50);
  }
}
