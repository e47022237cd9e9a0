import { createReadStream, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { JobStorage } from './storage.ts';

export interface InboxFolder {
  stop(): Promise<void>;
}

export interface InboxFolderOptions {
  readonly storage: Pick<JobStorage, 'connectionString' | 'ready'>;
  /** Takes what goes wrong, one line each. */
  readonly log: (line: string) => void;
  /** Milliseconds between two looks; a file that was the same at both is complete. */
  readonly quietMs?: number;
}

/** Where the app looks for files; its own name for it is in shared/bulk/paths.ts. */
const container = 'registration-inbox';
/** A file is sent in blocks of this size, so many at the same time; what the client does of itself takes forty megabytes. */
const blockBytes = 512 * 1024;
const blocksAtOnce = 2;

/**
 * Puts the files of a folder into the inbox of jobs, and removes them from the folder: whoever has no storage account at hand copies a
 * file. Folders in it, and files whose names begin with a dot, are left alone. The folder is made; the storage client is loaded with the first file.
 */
export function inboxFolder(dataDir: string, options: InboxFolderOptions): InboxFolder | undefined {
  const { storage, log, quietMs = 2000 } = options;
  const { connectionString } = storage;
  if (connectionString === undefined) return undefined;
  const folder = resolve(dataDir, 'inbox');
  mkdirSync(folder, { recursive: true });
  let before = new Map<string, string>();
  let work: Promise<void> = Promise.resolve();
  let isBusy = false;

  const look = async (): Promise<void> => {
    const now = statesOf(folder);
    const complete = [...now].filter(([name, state]) => before.get(name) === state).map(([name]) => name);
    before = now;
    for (const name of complete) await upload(join(folder, name), name, connectionString, storage);
  };
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    work = look()
      .catch((error: unknown) => {
        log(`A file of ${folder} is not yet in the inbox: ${error instanceof Error ? error.message : String(error)}`);
      })
      .finally(() => {
        isBusy = false;
      });
  }, quietMs).unref();
  return {
    stop() {
      clearInterval(timer);
      return work;
    },
  };
}

/** Size and time of each file. */
function statesOf(folder: string): Map<string, string> {
  const files = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.startsWith('.'),
  );
  return new Map(
    files.flatMap(({ name }) => {
      const found = statSync(join(folder, name), { throwIfNoEntry: false });
      return found ? [[name, `${found.size} ${found.mtimeMs}`]] : [];
    }),
  );
}

async function upload(
  path: string,
  name: string,
  connectionString: string,
  storage: InboxFolderOptions['storage'],
): Promise<void> {
  await storage.ready();
  const { blobsOf } = await import('./storageClients.ts');
  const inbox = blobsOf(connectionString).getContainerClient(container);
  await inbox.createIfNotExists();
  await inbox.getBlockBlobClient(name).uploadStream(createReadStream(path), blockBytes, blocksAtOnce);
  rmSync(path);
}
