import { execFile, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { endLeftOvers, startApp, type RunningApp } from '../support/startApp.ts';
import { commandBlocks, npmCommands, type CommandBlock } from './commandBlocks.ts';

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const blocks = pages.flatMap(commandBlocks);
const runnable = [...new Set(blocks.filter(({ needsAzure }) => !needsAzure).map(({ page }) => page))];
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

/** Scripts that only look. The others build what the tests stand on, or are the tests. */
const looking = ['check:infra'];

/** The port that a page speaks of when it says nothing else. */
const usualPort = '7071';

let folder: string;
/** What runs for a page, by the port that the page gives it; here it has another one. */
let servers: Map<string, RunningApp>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'registrar-docs-'));
  cpSync('host.json', join(folder, 'host.json'));
  cpSync('samples', join(folder, 'samples'), { recursive: true });
  servers = new Map();
});
afterEach(async () => {
  await Promise.all([...servers.values()].map((server) => server.stop()));
  endLeftOvers();
  rmSync(folder, { recursive: true });
});

/** A text with the addresses that are real here. */
const real = (text: string): string =>
  text.replace(/http:\/\/127\.0\.0\.1:(\d+)/g, (address, port: string) => servers.get(port)?.base ?? address);

/** Runs `npm start` with settings as a page gives them; whoever had the port before makes room. */
async function start(env: Record<string, string>): Promise<void> {
  const port = env.PORT ?? usualPort;
  await servers.get(port)?.stop();
  const settings = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, real(value)]));
  servers.set(port, await startApp({ LOCAL_STORAGE: 'azurite', ...settings, PORT: '0' }, folder));
}

async function runNpm({ text }: CommandBlock): Promise<void> {
  for (const { env, name, args } of npmCommands(text)) {
    if (name === 'start') await start(env);
    else if (looking.includes(name)) expect(spawnSync('npm', ['run', name, ...args])).toMatchObject({ status: 0 });
    else if (name !== 'install') expect(Object.keys(scripts)).toContain(name);
  }
}

/** Every curl of the block, its answer being that which the page shows, or else a good one. */
async function runCurl({ text, status }: CommandBlock): Promise<void> {
  if (!servers.has(usualPort)) await start({});
  const quiet = `curl() { command curl --silent --show-error --output /dev/null --write-out '%{http_code}\\n' "$@"; }`;
  const { stdout } = await promisify(execFile)('bash', ['-euc', `${quiet}\n${real(text)}`], { cwd: folder });
  const statuses = stdout.trim().split('\n').map(Number);
  expect(statuses).toHaveLength(text.match(/^\s*curl\b/gm)?.length ?? 0);
  for (const found of statuses) {
    if (status === undefined) expect(Math.trunc(found / 100)).toBe(2);
    else expect(found).toBe(status);
  }
}

/** What is done with a file of devices; its report goes beside the copy of the samples. */
async function runRegistrar({ text }: CommandBlock): Promise<void> {
  await start({});
  const registrar = `"${process.execPath}" "${resolve('cli/bin.cjs')}"`;
  const commands = [
    `npx() { [ "$1" = device-registrar ] && shift && ${registrar} "$@"; }`,
    `npm() { [ "$1 $2 $3" = "run register --" ] && shift 3 && ${registrar} register "$@"; }`,
    ...text.split('\n').filter((line) => !/\bnpm start\b/.test(line)),
  ];
  const env = { PATH: process.env.PATH, REGISTRAR_URL: servers.get(usualPort)?.base };
  const { stdout } = await promisify(execFile)('bash', ['-euc', commands.join('\n')], { cwd: folder, env });
  expect(stdout).toContain(`Report: samples/devices.report.csv\n`);
  expect(stdout).toMatch(/^12,[\da-f-]{36},(created|unchanged),/m);
}

test.each(runnable)('the commands of %s do what the page says', async (page) => {
  for (const block of commandBlocks(page).filter(({ needsAzure }) => !needsAzure)) {
    if (/^\s*curl\b/m.test(block.text)) await runCurl(block);
    else if (/\bregister\b.*samples\//.test(block.text)) await runRegistrar(block);
    else await runNpm(block);
  }
});

test('only what needs Azure is not run, and it is known how much that is', () => {
  const marked = blocks.filter(({ needsAzure }) => needsAzure);
  const count = Object.fromEntries(pages.map((page) => [page, marked.filter((block) => block.page === page).length]));
  expect(Object.entries(count).filter(([, blocksThere]) => blocksThere > 0)).toEqual([
    ['docs/deploying.md', 5],
    ['docs/permissions.md', 3],
  ]);
  for (const { text } of marked) expect(text).toMatch(/\baz(d)? |azurewebsites|infra\/graph\//);
  expect(runnable).toEqual([
    'README.md',
    'CONTRIBUTING.md',
    'docs/bulk.md',
    'docs/command.md',
    'docs/deploying.md',
    'docs/users.md',
  ]);
});

test('a command that nobody would run is an error, and the parts of one that is run are understood', () => {
  expect(() => npmCommands('make all')).toThrow("Nobody runs 'make all'.");
  expect(() => npmCommands('time npm test')).toThrow('Nobody runs');
  expect(npmCommands('npm install && PORT=1 A=b npm start -- --https   # that is all\nnpm run lint')).toEqual([
    { env: {}, name: 'install', args: [] },
    { env: { PORT: '1', A: 'b' }, name: 'start', args: ['--', '--https'] },
    { env: {}, name: 'lint', args: [] },
  ]);
});
