import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stubId, stubJob, stubJobs, type StubAnswer, type StubJobs } from '../support/stubJobs.ts';

/** util-linux's `script` gives the command a terminal; where it is missing, or another one, these tests say that they were skipped. */
const hasTerminal = String(spawnSync('script', ['--version']).stdout).includes('util-linux');
const onTerminal = hasTerminal ? test : test.skip;

let folder: string;
let stub: StubJobs | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'registrar-terminal-'));
});
afterEach(async () => {
  await stub?.stop();
  rmSync(folder, { recursive: true });
});

/** Runs the command on a terminal. @param answers what is typed when the screen shows a text */
async function typed(
  args: readonly string[],
  answers: readonly [RegExp, string][] = [],
): Promise<{ code: number; screen: string }> {
  const words = [process.execPath, resolve('cli/bin.cjs'), 'register', '--url', String(stub?.base), ...args];
  const child = spawn('script', ['-qefc', words.map((word) => `'${word}'`).join(' '), '/dev/null'], { cwd: folder });
  const left = [...answers];
  let screen = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    const [next] = left;
    if (!next?.[0].test(screen)) return;
    left.shift();
    child.stdin.write(next[1]);
  });
  const [code] = (await once(child, 'exit')) as [number];
  return { code, screen };
}

const ended = { status: 'succeeded', endedDateTime: '2026-01-15T02:00:09Z', createdCount: 1 };

function directory(request: string): StubAnswer {
  const job = `GET /v1.0/registrationJobs/${stubId}`;
  const row = `${JSON.stringify({ row: 1, deviceId: 'device-1', outcome: 'created', id: 'id-1', message: null })}\n`;
  const answers: Record<string, StubAnswer> = {
    [job]: [200, stubJob(ended)],
    [`${job}/results`]: [200, row],
    'GET /v1.0/devices/id-1?$select=id,deviceId': [200, { id: 'id-1', deviceId: 'device-1' }],
    'DELETE /v1.0/devices/id-1': [204],
  };
  return answers[request] ?? [404, { error: { code: 'Request_ResourceNotFound', message: 'It does not exist.' } }];
}

const deletes = (): string[] => stub?.asked.filter((request) => request.startsWith('DELETE')) ?? [];

onTerminal('on a terminal --undo asks first, and deletes nothing unless the answer is yes', async () => {
  stub = await stubJobs(directory);
  const refused = await typed(['--undo', stubId], [[/\(y\/N\)/, '\r']]);
  expect(refused.screen).toContain('Nothing was deleted.');
  expect([refused.code === 0, deletes()]).toEqual([false, []]);
  const agreed = await typed(['--undo', stubId], [[/\(y\/N\)/, 'y\r']]);
  expect(agreed.screen).toMatch(/deleted +1/);
  expect([agreed.code, deletes()]).toEqual([0, ['DELETE /v1.0/devices/id-1']]);
});

onTerminal('on a terminal progress is a bar with what is done, the rate and the time left', async () => {
  let asked = 0;
  stub = await stubJobs((request) => {
    const isJob = request === `GET /v1.0/registrationJobs/${stubId}`;
    if (isJob && (asked += 1) < 3)
      return [202, stubJob({ status: 'running', percentComplete: 40 }), { 'Retry-After': '1' }];
    return directory(request);
  });
  const { code, screen } = await typed(['--job', stubId]);
  expect(code).toBe(0);
  expect(screen).toMatch(/[█=▓]/);
  expect(screen).toMatch(/\d+ %/);
});
