import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';

/** What the check before every start says to a Node of this version, and with which code it ends. */
function checkOn(node: string): { code: number | undefined; said: string[] } {
  const said: string[] = [];
  let code: number | undefined;
  runInNewContext(readFileSync('tools/requireNode.cjs', 'utf8'), {
    process: { versions: { node }, exit: (with_: number) => (code = with_) },
    console: { error: (line: string) => said.push(line) },
  });
  return { code, said };
}

test.each(['18.20.0', '20.20.2', '21.7.3', '22.11.0', '22.17.1'])(
  'Node %s is too old, which is one clear line',
  (version) => {
    const { code, said } = checkOn(version);
    expect(code).toBe(1);
    expect(said).toEqual([expect.stringContaining(`needs Node 22.18 or newer; this is Node ${version}`)]);
  },
);

test.each(['22.18.0', '22.23.3', '24.21.0', '26.0.0'])('Node %s will do', (version) => {
  expect(checkOn(version)).toEqual({ code: undefined, said: [] });
});

test('the built app, started without npm by a Node that is too old, says so before anything else', async () => {
  const older = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0' } })";
  const app = spawn(process.execPath, ['--import', `data:text/javascript,${older}`, '.build/host/main.js']);
  let said = '';
  for (const stream of [app.stdout, app.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(app, 'close')) as [number | null];
  expect([code, said]).toEqual([1, expect.stringMatching(/^Device Registrar needs Node 22\.18 or newer; .*\n$/)]);
});
