import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkCertificate } from '../../../shared/directory/graph/certificate.ts';
import { testCertificate } from '../../support/certificate.ts';

const folder = mkdtempSync(join(tmpdir(), 'registrar-certificate-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = join(folder, 'app.pem');
const good = testCertificate();
const now = new Date();

const refusal = (pem: string): unknown => {
  writeFileSync(path, pem);
  try {
    checkCertificate(path, now);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

test('a certificate with its key will do, in either order', () => {
  expect(refusal(good.certificate + good.privateKey)).toBeUndefined();
  expect(refusal(good.privateKey + good.certificate)).toBeUndefined();
});

test('what is wrong with a certificate file is said when the app starts, in one line and without what is in it', () => {
  expect(refusal('')).toBe(`The certificate ${path} cannot be used: there is no certificate in PEM form in it.`);
  expect(refusal(good.privateKey)).toMatch(/there is no certificate in PEM form in it\.$/);
  expect(refusal(good.certificate)).toMatch(/there is no private key in PEM form, without a password, in it\.$/);
  expect(refusal(good.certificate + testCertificate().privateKey)).toMatch(
    /its private key belongs to another certificate\.$/,
  );
  const old = testCertificate(new Date('2020-05-17T12:00:00Z'));
  expect(refusal(old.certificate + old.privateKey)).toMatch(/it ended on 2020-05-17\.$/);
  expect(() => checkCertificate(join(folder, 'none.pem'), now)).toThrow(/it cannot be read \(ENOENT\)\.$/);
});
