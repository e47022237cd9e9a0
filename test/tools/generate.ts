import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PageSource } from '../../tools/derive/page.ts';

const tool = fileURLToPath(new URL('../../tools/generate.ts', import.meta.url));

/** A folder that is gone when the tests of a file are done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'generate-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

export interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the tool in a folder, in a process of its own: it loads modules that jest cannot. */
export const generateIn = (folder: string, ...args: string[]): Promise<Run> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, [tool, ...args], { cwd: folder }, (_, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr });
    });
  });

export function writePages(folder: string, pages: readonly PageSource[]): void {
  for (const { path, text } of pages) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** What the tool makes of the pages: the content of each file by its path. It is left in `folder` as well. */
export async function filesOf(folder: string, pages: readonly PageSource[]): Promise<Map<string, string>> {
  writePages(join(folder, 'pages'), pages);
  const { code, stderr } = await generateIn(folder, '--from', 'pages', '--out', 'out');
  if (code !== 0) throw new Error(stderr);
  const paths = readdirSync(join(folder, 'out'), { recursive: true, encoding: 'utf8' });
  return new Map(
    paths
      .filter((path) => /\.\w+$/.test(path))
      .toSorted()
      .map((path) => [path, readFileSync(join(folder, 'out', path), 'utf8')]),
  );
}
