import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What `npm start -- --https` serves with. */
export interface LocalCertificate {
  key: string;
  cert: string;
  /** Where the certificate is, for clients that must be told to trust it. */
  path: string;
}

const dayMs = 86_400_000;

/** The certificate of this folder for localhost; made at the first start, and anew before it ends. */
export async function localCertificate(folder: string, now: Date): Promise<LocalCertificate> {
  const path = resolve(folder, 'https', 'localhost.crt');
  const keyPath = resolve(folder, 'https', 'localhost.key');
  if (!isGood(path, keyPath, now)) {
    const { default: selfsigned } = await import('selfsigned');
    const made = await selfsigned.generate([{ name: 'commonName', value: 'localhost' }], {
      algorithm: 'sha256',
      notBeforeDate: new Date(now.getTime() - dayMs),
      notAfterDate: new Date(now.getTime() + 365 * dayMs),
      extensions: [
        {
          name: 'subjectAltName',
          altNames: [
            { type: 2, value: 'localhost' },
            { type: 7, ip: '127.0.0.1' },
            { type: 7, ip: '::1' },
          ],
        },
      ],
    });
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(keyPath, made.private, { mode: 0o600 });
    writeFileSync(path, made.cert);
  }
  return { key: readFileSync(keyPath, 'utf8'), cert: readFileSync(path, 'utf8'), path };
}

const isGood = (path: string, keyPath: string, now: Date): boolean =>
  existsSync(path) &&
  existsSync(keyPath) &&
  new X509Certificate(readFileSync(path)).validToDate.getTime() > now.getTime() + dayMs;
