import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientProcess } from './clientProcess.ts';
import { Connection } from './connection.ts';
import { createRequest } from './createRequest.ts';
import { InvalidRun } from './invalidRun.ts';
import { startServer, type ServerCommand } from './serverProcess.ts';
import { databaseIn, product, withStorage } from './servers.ts';

/** Fills 32 MB: files up to 33.5 MB are checked whole at start, so this is about the slowest size there is. */
const existingDevices = 15_000;

/** One start, from before `node` was spawned. */
export interface Start {
  readonly printedMs: number;
  /** To the first create answered with 201. */
  readonly answeredMs: number;
  readonly cpuMs: number;
}

export interface Starts {
  readonly withNew: readonly Start[];
  readonly withExisting: readonly Start[];
  readonly existingDevices: number;
  readonly existingBytes: number;
}

/**
 * Starts the product again and again, on any core, in turns with a new and an existing database.
 * @param folder an empty one
 * @throws InvalidRun when a start fails
 */
export async function measureStarts(count: number, folder: string, client: ClientProcess): Promise<Starts> {
  const existing = join(folder, 'existing');
  const filling = await startServer(product(existing));
  await client.load({ origin: filling.origin, connections: 64, seconds: Infinity, requests: existingDevices });
  await filling.stop('SIGTERM');
  const existingBytes = statSync(databaseIn(existing)).size;

  const withNew: Start[] = [];
  const withExisting: Start[] = [];
  for (let i = 0; i < count; i++) {
    withNew.push(await measureStart(withStorage(product(join(folder, `new-${i}`)))));
    withExisting.push(await measureStart(withStorage(product(existing))));
  }
  return { withNew, withExisting, existingDevices, existingBytes };
}

async function measureStart(command: ServerCommand): Promise<Start> {
  const server = await startServer(command);
  const status = await createOne(new URL(server.origin));
  const answeredMs = performance.now() - server.startedMs;
  const cpuMs = server.cpuMs();
  await server.stop('SIGTERM');
  if (status !== 201) throw new InvalidRun(`The first create after a start was answered with ${status}.`);
  return { printedMs: server.printedAfterMs, answeredMs, cpuMs };
}

async function createOne(origin: URL): Promise<number> {
  const connection = await Connection.open(origin);
  const request = createRequest(origin);
  request.renew();
  const { status } = await new Promise<{ status: number }>((resolve, reject) => {
    connection.send(request.bytes, resolve, reject);
  });
  connection.close();
  return status;
}
