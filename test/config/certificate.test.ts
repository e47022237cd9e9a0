import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificateFault } from '../../shared/config/certificate.ts';
import { testCertificate } from '../support/certificate.ts';

const folder = mkdtempSync(join(tmpdir(), 'registrar-certificate-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = join(folder, 'app.pem');
const good = testCertificate();
const now = new Date();

const faultOf = (pem: string): string | undefined => {
  writeFileSync(path, pem);
  return certificateFault(path, now);
};

test('a certificate with its key will do, in either order', () => {
  expect(faultOf(good.certificate + good.privateKey)).toBeUndefined();
  expect(faultOf(good.privateKey + good.certificate)).toBeUndefined();
});

test('what is wrong with a certificate file is said in one line and without what is in it', () => {
  expect(faultOf('')).toBe('there is no certificate in PEM form in it');
  expect(faultOf(good.privateKey)).toBe('there is no certificate in PEM form in it');
  expect(faultOf(good.certificate)).toBe('there is no private key in PEM form, without a password, in it');
  expect(faultOf(good.certificate + testCertificate().privateKey)).toBe(
    'its private key belongs to another certificate',
  );
  const old = testCertificate(new Date('2020-05-17T12:00:00Z'));
  expect(faultOf(old.certificate + old.privateKey)).toBe('it ended on 2020-05-17');
  expect(certificateFault(join(folder, 'none.pem'), now)).toBe('it cannot be read (ENOENT)');
});

test('where the key itself was written instead of its path, it is not repeated', () => {
  expect(certificateFault(good.privateKey, now)).toMatch(/^it cannot be read \(\w+\)$/);
  expect(certificateFault('a\0b', now)).toBe('it cannot be read (ERR_INVALID_ARG_VALUE)');
});
