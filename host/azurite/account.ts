import { randomBytes } from 'node:crypto';
import { linkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { isObject, readJsonFile } from '../jsonFile.ts';
import { StartError } from '../startError.ts';

/** Where the Azurite of one data folder listens on 127.0.0.1, and as what it is known there. */
export interface Account {
  /** Chosen at random, so that the Azurite of another folder is never taken for this one. */
  readonly name: string;
  /** Base64. */
  readonly key: string;
  readonly ports: Readonly<Record<Service, number>>;
}

export type Service = (typeof services)[number];
export const services = ['blob', 'queue', 'table'] as const;

const fileIn = (folder: string): string => join(folder, 'account.json');

/**
 * @returns undefined when the folder has none yet
 * @throws StartError when the file is not what was written
 */
export function readAccount(folder: string): Account | undefined {
  const account = readJsonFile(fileIn(folder));
  if (account === undefined) return undefined;
  const { name, key, ports } = account;
  if (typeof name === 'string' && typeof key === 'string' && isObject(ports)) {
    if (services.every((service) => Number.isInteger(ports[service]))) return account as unknown as Account;
  }
  throw new StartError(`${fileIn(folder)} is damaged; the storage it belongs to cannot be opened without it.`);
}

/** Makes the account of a folder; when another process was faster, its account is the one. */
export async function createAccount(folder: string): Promise<Account> {
  const account = {
    name: `registrar${randomBytes(4).toString('hex')}`,
    key: randomBytes(64).toString('base64'),
    ports: await freePorts(),
  };
  writeWhole(folder, account, (from, to) => {
    try {
      linkSync(from, to);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    rmSync(from);
  });
  return readAccount(folder) ?? account;
}

/** Another program has taken a port: the account moves to other ones. */
export async function moveAccount(folder: string, { name, key }: Account): Promise<Account> {
  const account = { name, key, ports: await freePorts() };
  writeWhole(folder, account, renameSync);
  return account;
}

/** What the storage clients take. */
export const connectionStringOf = ({ name, key, ports }: Account): string =>
  [
    'DefaultEndpointsProtocol=http',
    `AccountName=${name}`,
    `AccountKey=${key}`,
    ...services.map(
      (service) =>
        `${service[0]?.toUpperCase() ?? ''}${service.slice(1)}Endpoint=http://127.0.0.1:${ports[service]}/${name}`,
    ),
  ].join(';');

/** Nobody ever reads half a file. */
function writeWhole(folder: string, account: Account, put: (from: string, to: string) => void): void {
  const file = fileIn(folder);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(account, null, 2)}\n`, { mode: 0o600 });
  put(draft, file);
}

/** Three different ports that are free now. */
async function freePorts(): Promise<Account['ports']> {
  const servers = await Promise.all(services.map(() => listen()));
  const [blob = 0, queue = 0, table = 0] = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return { blob, queue, table };
}

const listen = (): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      resolve(server);
    });
  });
