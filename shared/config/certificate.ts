import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Config } from './readConfig.ts';
import type { Rule } from './rule.ts';

/** Rules about the file with which the app shows who it is. */
export function certificateRules(config: Config, now: Date): Rule[] {
  const { DIRECTORY_MODE, GRAPH_CREDENTIAL, GRAPH_CLIENT_CERTIFICATE_PATH: path } = config;
  const isUsed =
    DIRECTORY_MODE === 'graph' && (GRAPH_CREDENTIAL === 'clientCertificate' || GRAPH_CREDENTIAL === 'onBehalfOf');
  const fault = isUsed && path !== undefined ? certificateFault(path, now) : undefined;
  return [[fault !== undefined, `GRAPH_CLIENT_CERTIFICATE_PATH names a file that cannot be used: ${String(fault)}.`]];
}

/**
 * Looks at a file that is needed later, so that the start fails and not the first request.
 * @param path a PEM file that holds a certificate and its private key, without a password; never repeated, as what stands there may
 *   be the key itself
 * @returns why nobody could sign in with it, as the end of a sentence; undefined when all is well
 */
export function certificateFault(path: string, now: Date): string | undefined {
  let pem: string;
  try {
    pem = readFileSync(path, 'utf8');
  } catch (error) {
    return `it cannot be read (${String((error as NodeJS.ErrnoException).code)})`;
  }
  const certificate = tryTo(() => new X509Certificate(pem));
  if (!certificate) return 'there is no certificate in PEM form in it';
  const key = tryTo((): KeyObject => createPrivateKey(pem));
  if (!key) return 'there is no private key in PEM form, without a password, in it';
  if (!certificate.checkPrivateKey(key)) return 'its private key belongs to another certificate';
  if (certificate.validToDate < now) return `it ended on ${certificate.validToDate.toISOString().slice(0, 10)}`;
  return undefined;
}

/** Undefined where it throws. What OpenSSL says of a text that it cannot read helps nobody. */
function tryTo<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
