import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

interface Manifest {
  name: string;
  version: string;
  license?: string;
}

/**
 * Name, version and licence of every package that esbuild has put into the built files, with the text of the licence.
 * @throws Error when a package says nothing of its licence: then nobody may ship it
 */
export async function thirdPartyNotices(metafiles: readonly Metafile[]): Promise<string> {
  const inputs = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = [...new Set(inputs.flatMap((input) => packageFolder(input) ?? []))].toSorted();
  const notices = await Promise.all(folders.map(notice));
  return `Device Registrar contains the packages below, each under its own licence.\n\n${notices.join('\n')}`;
}

/** `node_modules/a/node_modules/@b/c/d.js` belongs to `node_modules/a/node_modules/@b/c`; our own files to no package. */
export const packageFolder = (input: string): string | undefined =>
  /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];

async function notice(folder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
  const file = (await readdir(folder)).toSorted().find((name) => /^licen[cs]e/i.test(name));
  const text = file && (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n').trim();
  if (!manifest.license && !text) throw new Error(`${folder} says nothing of its licence.`);
  const title = `${manifest.name} ${manifest.version} (${manifest.license ?? 'see below'})`;
  return [title, '-'.repeat(title.length), text ?? 'The package has no text of its licence.', ''].join('\n');
}
