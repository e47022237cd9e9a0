import { isGuid } from '../shared/contract/guid.ts';
import { wrongUse } from './commandError.ts';
import type { Format } from './manifest.ts';

/** Where `npm start` serves. */
export const usualUrl = 'http://127.0.0.1:7071';

/** What `register` was told. */
export interface RegisterOptions {
  url: string;
  token?: string;
  dryRun?: boolean;
  generate: ('deviceId' | 'key')[];
  again?: boolean;
  format?: Format;
  job?: string;
  cancel?: string;
  undo?: string;
  yes?: boolean;
  report?: string;
  /** Seconds. */
  patience: number;
  quiet?: boolean;
  json?: boolean;
}

/** What the command is to do. */
export type Task = { kind: 'start'; file: string } | { kind: 'follow' | 'cancel' | 'undo'; id: string };

/**
 * What was asked for, once it makes sense.
 * @throws CommandError unless there is exactly one thing to do, and every option belongs to it
 */
export function taskOf(file: string | undefined, options: RegisterOptions): Task {
  const { job, cancel, undo } = options;
  const asked = [file, job, cancel, undo].filter((one) => one !== undefined);
  if (asked.length !== 1) throw wrongUse('One thing at a time: a FILE, --job ID, --cancel ID or --undo ID.');
  if (file !== undefined) return { kind: 'start', file };
  const forFiles = { '--dry-run': options.dryRun, '--again': options.again, '--format': options.format };
  const strange = Object.entries(forFiles).find(([, value]) => value !== undefined)?.[0];
  if (strange !== undefined) throw wrongUse(`${strange} belongs to a FILE, not to a job that is there.`);
  const id = String(asked[0]);
  if (!isGuid(id)) throw wrongUse(`'${id}' is no id of a job: a GUID is expected.`);
  return { kind: job !== undefined ? 'follow' : cancel !== undefined ? 'cancel' : 'undo', id };
}

/** The address without a slash at its end. @throws CommandError unless it is one of HTTP */
export function addressOf(url: string): string {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (!address || !/^https?:$/.test(address.protocol)) throw wrongUse(`'${url}' is no address of a service.`);
  return `${address.origin}${address.pathname}`.replace(/\/+$/, '');
}

const isLoopback = (url: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);

/** The token of a newcomer's emulator, which takes any text for a user. */
const localToken = 'adele';

/** @param note takes what is assumed. @throws CommandError for a service elsewhere, when there is no token */
export function tokenOf(url: string, token: string | undefined, note: (line: string) => void): string {
  if (token !== undefined && token !== '') return token;
  if (!isLoopback(url)) {
    throw wrongUse(`${url} needs a token: set REGISTRAR_TOKEN to an access token (docs/callers.md), or give --token.`);
  }
  note(`No token is given: you are '${localToken}', whom only an embedded directory on this machine believes.`);
  return localToken;
}
