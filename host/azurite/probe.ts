import { get } from 'node:http';
import { services, type Account, type Service } from './account.ts';

/**
 * Who listens on the ports of an account: its Azurite, on all three or on some of them; nobody; another program;
 * or somebody who does not say.
 */
export type Found = 'ours' | 'partly' | 'nobody' | 'other' | 'silent';

/** Longest wait for an answer of one port, in milliseconds. */
const patienceMs = 2000;

/** Asks all ports of an account who is there. */
export async function probe({ name, ports }: Account): Promise<Found> {
  const found = await Promise.all(services.map((service) => whoIsAt(ports[service], name + lists[service])));
  if (found.includes('other')) return 'other';
  if (found.includes('silent')) return 'silent';
  if (found.every((who) => who === 'ours')) return 'ours';
  return found.every((who) => who === 'nobody') ? 'nobody' : 'partly';
}

/** What each service lists, as the end of an address. */
const lists: Readonly<Record<Service, string>> = { blob: '?comp=list', queue: '?comp=list', table: '/Tables' };

/** Azurite tells strangers apart: of an account that it has it says 403 to a request without a signature, of any other 404. */
const whoIsAt = (port: number, path: string): Promise<Exclude<Found, 'partly'>> =>
  new Promise((resolve) => {
    const address = { host: '127.0.0.1', port, path: `/${path}`, agent: false, timeout: patienceMs };
    const request = get(address, (response) => {
      response.resume();
      const isAzurite = String(response.headers.server).startsWith('Azurite-');
      resolve(isAzurite && response.statusCode === 403 ? 'ours' : 'other');
    });
    request.on('timeout', () => {
      resolve('silent');
      request.destroy();
    });
    request.on('error', ({ code }: NodeJS.ErrnoException) => {
      resolve(code === 'ECONNREFUSED' ? 'nobody' : 'other');
    });
  });
