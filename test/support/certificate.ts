import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** One value in DER: tag, length, content. */
function der(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const size = [];
  for (let rest = body.length; rest > 0; rest >>= 8) size.unshift(rest & 0xff);
  const length = body.length < 0x80 ? [body.length] : [0x80 | size.length, ...size];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}
const sequence = (...content: Buffer[]): Buffer => der(0x30, ...content);
const hex = (text: string): Buffer => Buffer.from(text, 'hex');

const sha256WithRsa = sequence(der(0x06, hex('2a864886f70d01010b')), der(0x05));
const commonName = (text: string): Buffer =>
  sequence(der(0x31, sequence(der(0x06, hex('550403')), der(0x0c, Buffer.from(text)))));
const utcTime = (date: Date): Buffer =>
  der(0x17, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));

/** A self-signed certificate, and its private key, in PEM form. */
export interface TestCertificate {
  certificate: string;
  privateKey: string;
  publicKey: KeyObject;
}

/** Makes a new one for a test; Node reads certificates, but does not write any. */
export function testCertificate(validTo = new Date(Date.now() + 86_400_000)): TestCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const name = commonName('device-registrar test');
  const toBeSigned = sequence(
    der(0x02, hex('2a')),
    sha256WithRsa,
    name,
    sequence(utcTime(new Date(0)), utcTime(validTo)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = der(0x03, hex('00'), sign('sha256', toBeSigned, privateKey));
  const base64 = sequence(toBeSigned, sha256WithRsa, signature).toString('base64');
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${(base64.match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey,
  };
}
