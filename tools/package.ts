import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { zip } from './zip.ts';

/** The most that a package may weigh, in bytes: every cold start loads it. */
const maxBytes = 5_000_000;

/** What Azure runs, by its path in the package; maps are for debugging here, and Node does not read them there. */
async function packaged(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !/\.map$|^\.funcignore$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name));
  const contents = await Promise.all(
    paths.map(
      async (path) => [path.slice(folder.length + 1).replaceAll(sep, '/'), await readFile(path)] as [string, Buffer],
    ),
  );
  return new Map(contents);
}

const { values } = parseArgs({ options: { out: { type: 'string' } } });
const files = await packaged('dist');
const { version } = JSON.parse(String(files.get('package.json'))) as { version: string };
const out = values.out ?? join('.build', `device-registrar-${version}.zip`);
const bytes = zip(files);
if (bytes.length > maxBytes) throw new Error(`The package has ${bytes.length} bytes; ${maxBytes} are the most.`);
await mkdir(dirname(out), { recursive: true });
await writeFile(out, bytes);
console.log(`${out}: ${files.size} files, ${bytes.length} bytes.`);
