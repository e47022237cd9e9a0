import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { packageFolder, thirdPartyNotices } from '../../tools/notices.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'registrar-notices-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Lays down packages, and says what esbuild would of a bundle that has a file of each. */
function bundleOf(packages: Record<string, Record<string, string>>): Metafile {
  const inputs: Metafile['inputs'] = { 'functions/main.ts': { bytes: 1, imports: [] } };
  for (const [name, files] of Object.entries(packages)) {
    const place = join(folder, 'node_modules', name);
    mkdirSync(place, { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(place, file), text);
    inputs[`${place}/index.js`] = { bytes: 1, imports: [] };
  }
  return { inputs, outputs: {} };
}

test('the notices name every package once, in order, with the text of its licence', async () => {
  const manifest = (name: string): string => JSON.stringify({ name, version: '1.2.3', license: 'MIT' });
  const bundle = bundleOf({
    zebra: { 'package.json': manifest('zebra') },
    '@some/apple': { 'package.json': manifest('@some/apple'), 'LICENSE.md': 'Do as you like.\r\n' },
  });
  const text = await thirdPartyNotices([bundle]);
  expect(text).toMatch(
    /@some\/apple 1\.2\.3 \(MIT\)\n-+\nDo as you like\.\n\nzebra 1\.2\.3 \(MIT\)\n-+\nThe package has no/,
  );
  expect(text.match(/^---/gm)).toHaveLength(2);
});

test('a package that says nothing of its licence is not shipped', async () => {
  const bundle = bundleOf({ dark: { 'package.json': '{"name":"dark","version":"1.0.0"}' } });
  await expect(thirdPartyNotices([bundle])).rejects.toThrow('says nothing of its licence');
});

test('a file belongs to the innermost package around it', () => {
  expect(packageFolder('node_modules/a/node_modules/@b/c/d.js')).toBe('node_modules/a/node_modules/@b/c');
  expect(packageFolder('shared/api.ts')).toBeUndefined();
});
