import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { linuxBox } from '../support/devices.ts';
import { endLeftOvers, startApp } from '../support/startApp.ts';

const folder = mkdtempSync(join(tmpdir(), 'registrar-https-'));
afterAll(() => {
  endLeftOvers();
  rmSync(folder, { recursive: true });
});

/** Creates a device over HTTPS, trusting the certificate in the data folder only. */
const create = (base: string): Promise<{ status: number | undefined; location: string | undefined }> =>
  new Promise((resolve, reject) => {
    const body = JSON.stringify(linuxBox());
    const sent = request(
      `${base}/v1.0/devices`,
      {
        method: 'POST',
        ca: readFileSync(join(folder, 'https/localhost.crt')),
        headers: { authorization: 'Bearer adele', 'content-type': 'application/json', 'content-length': body.length },
      },
      (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode, location: answer.headers.location });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });

test('--https serves with a certificate for localhost, which is made once, and addresses say https', async () => {
  const app = await startApp({ DATA_DIR: folder }, process.cwd(), ['--https']);
  expect(app.base).toMatch(/^https:\/\/127\.0\.0\.1:/);
  expect(await create(app.base)).toMatchObject({
    status: 201,
    location: expect.stringMatching(`^${app.base}/v1.0/devices/`) as string,
  });
  expect(await app.stop()).toBe(0);
  const certificate = readFileSync(join(folder, 'https/localhost.crt'));
  const again = await startApp({ DATA_DIR: folder }, process.cwd(), ['--https']);
  expect(readFileSync(join(folder, 'https/localhost.crt'))).toEqual(certificate);
  expect((await create(again.base.replace('127.0.0.1', 'localhost'))).status).toBe(201);
  await again.stop();
});
