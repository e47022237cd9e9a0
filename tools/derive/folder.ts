import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { PageSource } from './page.ts';
import { generatedMark } from './schema.ts';

/** How a generated file differs from what the pages say now. */
export interface Difference {
  path: string;
  kind: 'stale' | 'missing' | 'superfluous';
}

/** Paths of all files below a folder, relative to it, with forward slashes; hidden folders are left out. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !/(?:^|\/)(?:\.|node_modules\/)/.test(path));
}

/** Reads every page (`.md`, `.txt`) below a folder. */
export async function readPages(folder: string): Promise<PageSource[]> {
  const paths = (await filesBelow(folder)).filter((path) => /\.(?:md|txt)$/i.test(path));
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(folder, path), 'utf8') })));
}

/** Compares a folder with what should be in it. Files that the tool has not written are nobody's business. */
export async function compare(folder: string, files: ReadonlyMap<string, string>): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const [path, content] of files) {
    const target = join(folder, path);
    if (!existsSync(target)) differences.push({ path, kind: 'missing' });
    else if ((await readFile(target, 'utf8')) !== content) differences.push({ path, kind: 'stale' });
  }
  const schemas = join(folder, 'schemas');
  const present = existsSync(schemas) ? await readdir(schemas) : [];
  for (const path of present.filter((name) => name.endsWith('.json')).map((name) => `schemas/${name}`)) {
    if (files.has(path)) continue;
    const isOurs = (await readFile(join(folder, path), 'utf8')).includes(generatedMark);
    if (isOurs) differences.push({ path, kind: 'superfluous' });
  }
  return differences;
}

/** Writes what is stale or missing and deletes what is superfluous. */
export async function apply(
  folder: string,
  differences: readonly Difference[],
  files: ReadonlyMap<string, string>,
): Promise<void> {
  for (const { path, kind } of differences) {
    const target = join(folder, path);
    if (kind === 'superfluous') {
      await rm(target);
    } else {
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, files.get(path) ?? '');
    }
  }
}
