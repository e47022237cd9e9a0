import { randomBytes } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
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

/** An account that nobody has had before. */
export const newAccount = async (): Promise<Account> => ({
  name: `registrar${randomBytes(4).toString('hex')}`,
  key: randomBytes(64).toString('base64'),
  ports: await freePorts(),
});

/** The same account on other ports. */
export const movedAccount = async ({ name, key }: Account): Promise<Account> => ({
  name,
  key,
  ports: await freePorts(),
});

/** Nobody ever reads half a file. */
export function writeAccount(folder: string, account: Account): void {
  const file = fileIn(folder);
  const draft = `${file}.draft`;
  writeFileSync(draft, `${JSON.stringify(account, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
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
