import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A certificate file with which nobody could sign in; the message is one line for people. */
export class UnusableCertificate extends Error {
  override readonly name = 'UnusableCertificate';
}

/**
 * Looks at a file that is needed later, so that the start fails and not the first request.
 * @param path a PEM file that holds a certificate and its private key, without a password
 * @throws UnusableCertificate
 */
export function checkCertificate(path: string, now: Date): void {
  const unusable = (reason: string): UnusableCertificate =>
    new UnusableCertificate(`The certificate ${path} cannot be used: ${reason}.`);
  let pem: string;
  try {
    pem = readFileSync(path, 'utf8');
  } catch (error) {
    throw unusable(`it cannot be read (${String((error as NodeJS.ErrnoException).code)})`);
  }
  const certificate = tryTo(() => new X509Certificate(pem));
  if (!certificate) throw unusable('there is no certificate in PEM form in it');
  const key = tryTo((): KeyObject => createPrivateKey(pem));
  if (!key) throw unusable('there is no private key in PEM form, without a password, in it');
  if (!certificate.checkPrivateKey(key)) throw unusable('its private key belongs to another certificate');
  if (certificate.validToDate < now)
    throw unusable(`it ended on ${certificate.validToDate.toISOString().slice(0, 10)}`);
}

/** Undefined where it throws. What OpenSSL says of a text that it cannot read helps nobody. */
function tryTo<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
