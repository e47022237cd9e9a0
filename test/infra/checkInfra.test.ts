import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDiagnostics } from '../../tools/infra/compiler.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'registrar-infra-'));
  mkdirSync(join(folder, 'bin'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs the check where no other program is on the PATH than those that a test has put there. */
function check(...args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/checkInfra.ts', ...args], {
    encoding: 'utf8',
    env: { PATH: join(folder, 'bin') },
  });
  return { status, said: stdout + stderr };
}

/** Puts a program there that calls itself a compiler, and says this of every template. */
function compilerThatSays(line: string, exitCode = 0, name = 'bicep'): void {
  const path = join(folder, 'bin', name);
  writeFileSync(
    path,
    `#!/bin/sh\ncase "$*" in *version) echo 'Bicep CLI version 1.2.3';; *) echo "${line}" >&2; exit ${exitCode};; esac\n`,
  );
  chmodSync(path, 0o755);
}

const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const good = "@description('A name.')\nparam a string\n\n@description('The same.')\noutput b string = a\n";

test('infra: our templates hold to our rules, and without a compiler it is said what was not checked', () => {
  const { status, said } = check();
  expect(said).toMatch(/^\d\d templates, 0 faults\. .*there is no Bicep compiler here.* were not checked/);
  expect(said).toContain("Known exception: infra/graph/grants.bicep, where tree-sitter-bicep cannot read 'extension");
  expect(status).toBe(0);
});

test('infra: where a compiler is asked for, its absence is a failure', () => {
  expect(check('--compiler').status).toBe(1);
});

test('infra: a folder without a template is no folder in which all is well', () => {
  expect(check('--folder', folder)).toMatchObject({
    status: 1,
    said: expect.stringContaining('There is no template here.') as string,
  });
});

test('infra: a fault is told with its file and line, and is a failure', () => {
  put('main.bicep', good.replace("@description('The same.')\n", ''));
  put('main.parameters.json', '{"parameters": {"c": {"value": 1}}}');
  const { status, said } = check('--folder', folder);
  expect(said).toContain(`${folder}/main.bicep:4 output b has no @description.`);
  expect(said).toContain(`${folder}/main.parameters.json:1 ${folder}/main.bicep has no parameter c.`);
  expect(said).toContain('1 templates, 3 faults.');
  expect(status).toBe(1);
});

test.each(['bicep', 'az'])('infra: a warning of the compiler, called as %s, is a failure', (name) => {
  put('main.bicep', good);
  compilerThatSays(`${folder}/main.bicep(2,7) : Warning no-unused-params: Parameter is never used.`, 0, name);
  const { status, said } = check('--folder', folder);
  expect(said).toContain('main.bicep:2 Warning no-unused-params: Parameter is never used.');
  expect(said).toContain('all that Bicep CLI version 1.2.3 knows');
  expect(status).toBe(1);
});

test('infra: a compiler that is content is named, and nothing is said to be unchecked', () => {
  put('main.bicep', good);
  compilerThatSays('');
  const { status, said } = check('--folder', folder, '--compiler');
  expect(said).toBe(
    '1 templates, 0 faults. Checked: syntax (tree-sitter-bicep), our own rules (tools/infra), and all that Bicep CLI version 1.2.3 knows.\n',
  );
  expect(status).toBe(0);
});

test('infra: a compiler that breaks is no compiler that is content', () => {
  put('main.bicep', good);
  compilerThatSays('Segmentation fault', 139);
  expect(check('--folder', folder)).toMatchObject({
    status: 1,
    said: expect.stringContaining('Segmentation fault') as string,
  });
});

test('infra: a template whose extension cannot be fetched is named, and fails where a compiler is asked for', () => {
  put('main.bicep', `extension microsoftGraphV1\n${good}`);
  compilerThatSays(`${folder}/main.bicep(1,11) : Error BCP192: Unable to restore the artifact`, 1);
  const { status, said } = check('--folder', folder);
  expect(said).toContain(`Not compiled: ${folder}/main.bicep, whose extension could not be fetched.`);
  expect(status).toBe(0);
  expect(check('--folder', folder, '--compiler').status).toBe(1);
});

test('infra: what the Azure CLI puts before a diagnostic is not taken for its path', () => {
  expect(
    readDiagnostics(`WARNING: ${process.cwd()}/infra/main.bicep(3,7) : Warning BCP318: It may be null.\n`),
  ).toEqual([{ path: 'infra/main.bicep', line: 3, message: 'Warning BCP318: It may be null.' }]);
});
