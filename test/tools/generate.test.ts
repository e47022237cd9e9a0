import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateIn, temporaryFolder, writePages } from './generate.ts';
import { createDevice, goodPages } from './pages.ts';

const folder = temporaryFolder();
const out = join(folder, 'out');

const generate = (...args: string[]) => generateIn(folder, ...args);
const writeTo = (name: string, pages = goodPages()): string => {
  writePages(join(folder, name), pages);
  return name;
};

test('a folder of pages becomes a folder of files, and a second run changes none', async () => {
  const from = writeTo('pages');
  expect(await generate('--from', from, '--out', 'out')).toEqual({
    code: 0,
    stdout: 'Operations: 1, schemas: 2, examples: 1.\n10 of 10 files in out changed.\n',
    stderr: '',
  });
  const { mtimeMs } = statSync(join(out, 'types.ts'));
  expect((await generate('--from', `./${from}/`, '--out', './out/')).stdout).toContain('0 of 10 files in out changed.');
  expect(statSync(join(out, 'types.ts')).mtimeMs).toBe(mtimeMs);
});

test('--check names each stale, missing and superfluous file and writes nothing; a new run mends them', async () => {
  const from = writeTo('checked');
  const target = join(folder, 'checkedOut');
  const args = ['--from', from, '--out', 'checkedOut'];
  await generate(...args);
  writeFileSync(join(target, 'types.ts'), 'export {};\n');
  rmSync(join(target, 'schemas/device.json'));
  writeFileSync(join(target, 'schemas/gone.json'), readFileSync(join(target, 'schemas/deviceCreate.json')));
  writeFileSync(join(target, 'schemas/foreign.json'), '{}');
  expect(await generate(...args, '--check')).toEqual({
    code: 1,
    stdout: '10 files belong in checkedOut; 3 differ from what they are derived from.\n',
    stderr:
      'missing: checkedOut/schemas/device.json\nstale: checkedOut/types.ts\nsuperfluous: checkedOut/schemas/gone.json\n',
  });
  expect(existsSync(join(target, 'schemas/device.json'))).toBe(false);
  await generate(...args);
  expect(await generate(...args, '--check')).toMatchObject({ code: 0 });
  expect(existsSync(join(target, 'schemas/gone.json'))).toBe(false);
  expect(existsSync(join(target, 'schemas/foreign.json'))).toBe(true);
});

test('bad pages are told line by line, and nothing is written', async () => {
  const from = writeTo('bad', [createDevice({ lead: '', permissions: '' })]);
  const { code, stderr, stdout } = await generate('--from', from, '--out', 'badOut');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toBe(
    'api/create-device.md:6: no description below the title\napi/create-device.md:6: no table of permissions\n',
  );
  expect(existsSync(join(folder, 'badOut'))).toBe(false);
});

test('warnings are told and do not fail; links may lead to any file that is there', async () => {
  const lead = 'See [one](../../README.md) and [two](../../LICENSE.md).';
  const from = writeTo('warned', [createDevice({ lead }), ...goodPages().slice(1)]);
  writeFileSync(join(folder, 'README.md'), '');
  expect(await generate('--from', from, '--out', 'warnedOut')).toMatchObject({
    code: 0,
    stderr: 'api/create-device.md:8: warning: ../../LICENSE.md leads to no file\n',
  });
});

test('folders below, .txt files and other pages: the first two are read, the last are passed over', async () => {
  const [operation, resource] = goodPages();
  const pages = [
    { path: 'a/b/one.txt', text: operation?.text ?? '' },
    { path: 'resources/device.md', text: resource?.text ?? '' },
    { path: 'guide.md', text: '# Guide\n' },
    { path: '.hidden/two.md', text: operation?.text ?? '' },
    { path: 'three.html', text: operation?.text ?? '' },
  ];
  const from = writeTo('mixed', pages);
  expect((await generate('--from', from, '--out', 'mixedOut')).code).toBe(0);
  expect(readFileSync(join(folder, 'mixedOut/descriptions.json'), 'utf8')).toContain('"page": "a/b/one.txt"');
});

test('wrong use is explained and ends with 2', async () => {
  expect(await generate('--form', 'x')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/^Unknown option '--form'[^]*Usage: /) as string,
  });
  expect(await generate('x')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("Unexpected argument 'x'") as string,
  });
  expect(await generate('--from', 'nowhere')).toMatchObject({ code: 2, stderr: 'There is no folder nowhere.\n' });
  expect(await generate('--from')).toMatchObject({ code: 2 });
});

test('a folder without a page that describes anything ends with 1', async () => {
  const from = writeTo('empty', [{ path: 'guide.md', text: '# Guide\n' }]);
  expect(await generate('--from', from, '--out', 'out')).toMatchObject({
    code: 1,
    stderr: 'No page in empty describes an operation or a resource.\n',
  });
});

test('--help shows the options', async () => {
  expect(await generate('--help')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('--check') as string,
    stderr: '',
  });
});
