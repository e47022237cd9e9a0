import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { graphTokens } from '../../../shared/directory/graph/credentials.ts';
import { testCertificate } from '../../support/certificate.ts';
import { fakeAuthority } from '../../support/fakeAuthority.ts';

/**
 * A program, bundled as the app is: takes a token by each credential that its arguments name, and prints them.
 * The authority is on loopback and in this process; the libraries are the real ones, loaded at their first use.
 */
const id = '11111111-1111-4111-8111-111111111111';
const settings = { baseUrl: 'https://graph.microsoft.com', tenantId: id, clientId: id };
const folder = mkdtempSync(join(tmpdir(), 'registrar-first-use-'));
const clientCertificatePath = join(folder, 'app.pem');
const { certificate, privateKey } = testCertificate();
writeFileSync(clientCertificatePath, certificate + privateKey);

const authority = await fakeAuthority();
process.env.IDENTITY_ENDPOINT = `${authority.base}/msi/token`;
process.env.IDENTITY_HEADER = 'header-of-this-instance';

const given: Record<string, string> = {};
for (const credential of process.argv.slice(2)) {
  const proof = credential === 'clientCertificate' ? { clientCertificatePath } : { clientSecret: 'sesame' };
  const tokens = graphTokens(
    { credential, ...settings, ...(credential !== 'managedIdentity' && proof) },
    { now: () => new Date(), warn: console.error, httpClient: authority.httpClient, timeoutMs: 15_000 },
  );
  given[credential] = await tokens.get({ token: 'adele', tenantId: id });
}
await authority.close();
rmSync(folder, { recursive: true });
console.log(JSON.stringify(given));
