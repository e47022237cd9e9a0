import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { runCommand } from '../support/runCommand.ts';
import { endLeftOvers, startApp } from '../support/startApp.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'registrar-runtime-'));
  cpSync('host.json', join(folder, 'host.json'));
  cpSync('samples/devices.csv', join(folder, 'devices.csv'));
});
afterEach(() => {
  endLeftOvers();
  rmSync(folder, { recursive: true });
});

/** Runs a `bin.cjs` on this Node, which says that it is an older one. */
const onOldNode = (bin: string) => {
  const versions = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })`;
  const script = `${versions}; require(${JSON.stringify(bin)})`;
  return promisify(execFile)(process.execPath, ['-e', script, 'bin.cjs', 'register', '--job', '7']);
};

test('command: a Node that is too old hands on to the pinned one, with its exit code', async () => {
  const failed = onOldNode(resolve('cli/bin.cjs'));
  await expect(failed).rejects.toMatchObject({ code: 2, stderr: "'7' is no id of a job: a GUID is expected.\n" });
});

test('command: a Node that is too old, without the pinned one, is one clear line', async () => {
  cpSync('cli', join(folder, 'cli'), { recursive: true });
  cpSync('tools/requireNode.cjs', join(folder, 'tools/requireNode.cjs'));
  const failed = onOldNode(join(folder, 'cli/bin.cjs'));
  await expect(failed).rejects.toMatchObject({ code: 1 });
  await expect(failed).rejects.toThrow(/\nDevice Registrar needs Node .*\n$/);
});

test('command: a service with a certificate of this machine is trusted when the certificate is named', async () => {
  const app = await startApp({ EMULATOR_STORE: 'memory' }, folder, ['--https']);
  const [, certificate = ''] = /NODE_EXTRA_CA_CERTS=(\S+)/.exec(app.output()) ?? [];
  const args = ['register', 'devices.csv', '--url', app.base, '--patience', '0'];
  const strange = await runCommand(args, { cwd: folder });
  expect(strange.code).toBe(3);
  expect(strange.stderr).toContain('its certificate is not trusted here; NODE_EXTRA_CA_CERTS=FILE names');
  // There is no storage of jobs here: the answer that says so has come through.
  const trusting = await runCommand(args, { cwd: folder, env: { NODE_EXTRA_CA_CERTS: certificate } });
  expect(trusting.stderr).toContain('503 serviceNotAvailable');
  await app.stop();
});
