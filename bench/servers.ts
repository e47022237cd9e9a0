import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startedFile, startFlags } from '../tools/startArguments.ts';
import { InvalidRun } from './invalidRun.ts';
import type { ServerCommand } from './serverProcess.ts';

export const bareServer: ServerCommand = {
  args: [fileURLToPath(new URL('bareServer.ts', import.meta.url))],
  env: {},
};

/**
 * The product as `npm start` runs it, on a free port and a folder of its own, without the storage of jobs: that outlives a SIGKILL.
 * @param flags for `node`
 * @throws InvalidRun when it is not built
 */
export function product(folder: string, flags: readonly string[] = []): ServerCommand {
  if (!existsSync(startedFile))
    throw new InvalidRun(`There is no ${startedFile} here; "npm run bench" in the project's folder builds it.`);
  return {
    args: [...flags, ...startFlags, startedFile],
    env: {
      HOST: '127.0.0.1',
      PORT: '0',
      DIRECTORY_MODE: 'emulator',
      AUTH_MODE: 'emulator',
      EMULATOR_STORE: 'sqlite',
      DATA_DIR: folder,
      // The bare server prints nothing either.
      LOG_FORMAT: 'none',
      LOCAL_STORAGE: 'none',
    },
  };
}

/** The same with the storage of jobs, as `npm start` has it by default. */
export function withStorage({ args, env }: ServerCommand): ServerCommand {
  return { args, env: { ...env, LOCAL_STORAGE: 'azurite' } };
}

/** Where the product keeps its devices. */
export const databaseIn = (folder: string): string => join(folder, 'directory.db');
